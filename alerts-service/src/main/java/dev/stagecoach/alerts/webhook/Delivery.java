package dev.stagecoach.alerts.webhook;

/**
 * A message on its way to an endpoint.
 *
 * @param message its id, the same at every attempt
 * @param tries how often it was tried since it was last asked for
 */
public record Delivery(long id, String message, String body, int tries) {}
