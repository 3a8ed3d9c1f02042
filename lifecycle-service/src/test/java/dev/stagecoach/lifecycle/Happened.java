package dev.stagecoach.lifecycle;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.lifecycle.journey.Cause;
import java.time.Instant;
import java.util.Map;

/** Happenings in one line. */
public final class Happened {
    private Happened() {}

    /** The record of that id. */
    public static Cause record(String id) {
        return new Cause(id, "a-topic", 3, 17);
    }

    public static Happening.Ticked tick(Instant at) {
        return new Happening.Ticked(record("tick-" + at), at);
    }

    public static Happening.FactsTold told(String id, AccountFacts facts) {
        return new Happening.FactsTold(record(id), facts);
    }

    public static Happening.Pinged pinged(
            String id, String account, String instance, Instant at, ActiveUsers users, Map<String, Long> features) {
        return new Happening.Pinged(
                record(id), new UsagePing(account, instance, true, "5.1.0", at, at, users, features, null));
    }

    public static Happening.Used used(String id, String account, String user, String feature, Instant at) {
        return used(id, account, user, feature, at, at);
    }

    public static Happening.Used used(
            String id, String account, String user, String feature, Instant at, Instant receivedAt) {
        return new Happening.Used(record(id), account, user, feature, at, receivedAt);
    }
}
