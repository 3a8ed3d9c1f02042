package dev.stagecoach.alerts.history;

import dev.stagecoach.events.Event;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an account.
 *
 * @param event of whose account, id, time and cause it is
 * @param title one line for people, which does not repeat the account's name
 * @param detail why, in words, if there is more to say
 * @param record where the event was read: topic, partition and offset
 */
public record Entry(
        Event<?> event,
        EntryKind kind,
        String title,
        @Nullable String detail,
        String record) {}
