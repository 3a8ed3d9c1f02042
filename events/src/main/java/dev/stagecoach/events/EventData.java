package dev.stagecoach.events;

/** What an event says; the value of a Kafka record, as JSON. */
public sealed interface EventData
        permits UsagePing,
                UsageEvent,
                AccountFacts,
                AccountContacts,
                TimeTick,
                StageChanged,
                HealthChanged,
                Milestone,
                UsageSummary,
                UsageRecap,
                MessageOutcome,
                ContactResponse,
                AlertRaised {}
