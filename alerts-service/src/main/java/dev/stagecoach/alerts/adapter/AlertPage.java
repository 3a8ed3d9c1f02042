package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some alerts, newest first.
 *
 * @param next what to ask for to get the ones before these; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertPage(List<StoredAlert> alerts, @Nullable String next) {}
