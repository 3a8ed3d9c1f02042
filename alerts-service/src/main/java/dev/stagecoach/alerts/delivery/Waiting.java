package dev.stagecoach.alerts.delivery;

import org.jspecify.annotations.Nullable;

/**
 * An alert that waits, in short.
 *
 * @param place in the order of waiting
 * @param kind as people read it
 * @param link to the account
 * @param broadcast whether the whole channel should see it
 */
public record Waiting(
        long place,
        String account,
        String accountName,
        @Nullable String link,
        String kind,
        String title,
        boolean broadcast) {}
