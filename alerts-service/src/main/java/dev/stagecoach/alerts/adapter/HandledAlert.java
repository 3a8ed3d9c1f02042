package dev.stagecoach.alerts.adapter;

import java.util.List;

/**
 * An alert and what was done with it, as the REST API shows it.
 *
 * @param acts oldest first
 */
public record HandledAlert(StoredAlert alert, List<PastAct> acts) {}
