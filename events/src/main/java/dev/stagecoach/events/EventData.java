package dev.stagecoach.events;

import org.jspecify.annotations.Nullable;

/** What an event says; the value of a Kafka record, as JSON. */
public sealed interface EventData
        permits UsagePing,
                UsageEvent,
                UserLinked,
                AccountFacts,
                AccountContacts,
                WriteKeyFacts,
                TimeTick,
                StageChanged,
                HealthChanged,
                Milestone,
                UsageSummary,
                UsageRecap,
                MessageOutcome,
                ContactResponse,
                AlertRaised {
    /**
     * The account that this is about, which is also the key of its record. Null for the time, which is everybody's; of a write key, which
     * can be for many accounts, its own id.
     */
    default @Nullable String account() {
        return null;
    }
}
