package dev.stagecoach.alerts.rule;

/**
 * What an alert is about, so that one that comes later can be told to be the same again, or worse.
 *
 * @param name the kind, and the instance, feature or campaign where there are several of an account
 * @param direction another direction is another story: {@code rising} and {@code falling}
 * @param severity more is worse
 */
public record Matter(String name, String direction, int severity) {}
