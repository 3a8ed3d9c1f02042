package dev.stagecoach.alerts.adapter;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An alert and what was done with it, as the REST API shows it.
 *
 * @param acts oldest first
 */
@Schema(name = "HandledAlert")
public record HandledAlert(StoredAlert alert, List<PastAct> acts) {}
