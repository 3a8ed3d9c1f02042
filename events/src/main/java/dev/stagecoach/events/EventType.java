package dev.stagecoach.events;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The type of an event: its name on the wire, its topic (null where the value chooses it: alerts have one topic per channel)
 * and the record of its value. Rejected usage has a type of its own but no record: its value is the bytes as they came.
 */
public enum EventType {
    USAGE_PING("usage.ping.v1", Topics.USAGE_PINGS, UsagePing.class),
    USAGE_EVENT("usage.event.v1", Topics.USAGE_EVENTS, UsageEvent.class),
    USER_LINKED("usage.user-linked.v1", Topics.USAGE_LINKS, UserLinked.class),
    ACCOUNT_FACTS("account.facts.v1", Topics.ACCOUNTS, AccountFacts.class),
    ACCOUNT_CONTACTS("account.contacts.v1", Topics.CONTACTS, AccountContacts.class),
    WRITE_KEY("write-key.v1", Topics.WRITE_KEYS, WriteKeyFacts.class),
    TIME_TICK("time.tick.v1", Topics.TIME_TICKS, TimeTick.class),
    STAGE_CHANGED("lifecycle.stage-changed.v1", Topics.LIFECYCLE_STAGES, StageChanged.class),
    HEALTH_CHANGED("lifecycle.health-changed.v1", Topics.LIFECYCLE_HEALTH, HealthChanged.class),
    FIRST_PING("lifecycle.first-ping.v1", Topics.LIFECYCLE_MILESTONES, Milestone.FirstPing.class),
    FEATURE_FIRST_USED(
            "lifecycle.feature-first-used.v1", Topics.LIFECYCLE_MILESTONES, Milestone.FeatureFirstUsed.class),
    TARGET_REACHED("lifecycle.target-reached.v1", Topics.LIFECYCLE_MILESTONES, Milestone.TargetReached.class),
    TARGET_LOST("lifecycle.target-lost.v1", Topics.LIFECYCLE_MILESTONES, Milestone.TargetLost.class),
    GOAL_MET("lifecycle.goal-met.v1", Topics.LIFECYCLE_MILESTONES, Milestone.GoalMet.class),
    GOAL_MISSED("lifecycle.goal-missed.v1", Topics.LIFECYCLE_MILESTONES, Milestone.GoalMissed.class),
    GOAL_UNKNOWN("lifecycle.goal-unknown.v1", Topics.LIFECYCLE_MILESTONES, Milestone.GoalUnknown.class),
    INSTANCE_SILENT("lifecycle.instance-silent.v1", Topics.LIFECYCLE_MILESTONES, Milestone.InstanceSilent.class),
    USAGE_SUMMARY("lifecycle.usage-summary.v1", Topics.LIFECYCLE_USAGE, UsageSummary.class),
    USAGE_RECAP("lifecycle.usage-recap.v1", Topics.LIFECYCLE_RECAPS, UsageRecap.class),
    MESSAGE_SENT("outreach.message-sent.v1", Topics.OUTREACH_MESSAGES, MessageOutcome.class),
    MESSAGE_SUPPRESSED("outreach.message-suppressed.v1", Topics.OUTREACH_MESSAGES, MessageOutcome.class),
    MESSAGE_BOUNCED("outreach.message-bounced.v1", Topics.OUTREACH_MESSAGES, MessageOutcome.class),
    MESSAGE_FAILED("outreach.message-failed.v1", Topics.OUTREACH_MESSAGES, MessageOutcome.class),
    MESSAGE_UNKNOWN("outreach.message-unknown.v1", Topics.OUTREACH_MESSAGES, MessageOutcome.class),
    SURVEY_ANSWERED("outreach.survey-answered.v1", Topics.OUTREACH_RESPONSES, ContactResponse.class),
    HELP_REQUESTED("outreach.help-requested.v1", Topics.OUTREACH_RESPONSES, ContactResponse.class),
    TRAINING_REQUESTED("outreach.training-requested.v1", Topics.OUTREACH_RESPONSES, ContactResponse.class),
    MEETING_REQUESTED("outreach.meeting-requested.v1", Topics.OUTREACH_RESPONSES, ContactResponse.class),
    UNSUBSCRIBED("outreach.unsubscribed.v1", Topics.OUTREACH_RESPONSES, ContactResponse.class),
    RESUBSCRIBED("outreach.resubscribed.v1", Topics.OUTREACH_RESPONSES, ContactResponse.class),
    /** The topic depends on the alert's rule; this one is the default. */
    ALERT_RAISED("alert.raised.v1", Topics.ALERTS_CUSTOMER_USAGE, AlertRaised.class);

    /** The type of rejected usage in {@link Topics#USAGE_QUARANTINE}. */
    public static final String USAGE_REJECTED = "stagecoach.usage.rejected.v1";

    /**
     * The type of what says, in {@link Topics#USAGE_QUARANTINE}, that a rejected piece of usage was taken after all: the one whose id is
     * its {@code ce_causationid}.
     */
    public static final String USAGE_REPLAYED = "stagecoach.usage.replayed.v1";

    private static final Map<String, EventType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

    private final String wireName;
    private final String topic;
    private final Class<? extends EventData> dataClass;

    EventType(String name, String topic, Class<? extends EventData> dataClass) {
        this.wireName = "stagecoach." + name;
        this.topic = topic;
        this.dataClass = dataClass;
    }

    /** The value of the {@code ce_type} header. */
    public String wireName() {
        return wireName;
    }

    public String topic() {
        return topic;
    }

    public Class<? extends EventData> dataClass() {
        return dataClass;
    }

    /** Empty for a type that this version does not know: expected while versions roll, to be counted and skipped. */
    public static Optional<EventType> byWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}
