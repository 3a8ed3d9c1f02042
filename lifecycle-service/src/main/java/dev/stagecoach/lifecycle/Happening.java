package dev.stagecoach.lifecycle;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import java.time.Instant;

/** Something that can change what is decided, as read from a topic. */
public sealed interface Happening {
    /** The id of the record that told it. */
    String id();

    record FactsTold(String id, AccountFacts facts) implements Happening {}

    record Pinged(String id, UsagePing ping) implements Happening {}

    record Used(String id, UsageEvent event) implements Happening {}

    record Ticked(String id, Instant at) implements Happening {}
}
