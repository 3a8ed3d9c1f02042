package dev.stagecoach.alerts.policy;

/**
 * When utilization is low.
 *
 * @param below percent of seats
 * @param fromDay the first day of the contract term on which it counts
 */
public record LowUtilization(int below, int fromDay) {}
