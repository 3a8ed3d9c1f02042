package dev.stagecoach.lifecycle;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import java.time.Instant;
import java.util.Map;

/** Happenings in one line. */
public final class Happened {
    private Happened() {}

    public static Happening.Ticked tick(Instant at) {
        return new Happening.Ticked("tick-" + at, at);
    }

    public static Happening.FactsTold told(String id, AccountFacts facts) {
        return new Happening.FactsTold(id, facts);
    }

    public static Happening.Pinged pinged(
            String id, String account, String instance, Instant at, ActiveUsers users, Map<String, Long> features) {
        return new Happening.Pinged(id, new UsagePing(account, instance, true, "5.1.0", at, at, users, features, null));
    }

    public static Happening.Used used(String id, String account, String user, String feature, Instant at) {
        return new Happening.Used(id, new UsageEvent(id, account, null, user, feature, feature, null, at, at, null));
    }
}
