package dev.stagecoach.alerts.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of alerts. */
public enum AlertKind {
    STAGE_CHANGED("stage-changed", "Stage"),
    CHURN("churn", "Churn"),
    SEAT_UTILIZATION("seat-utilization", "Seat utilization"),
    USAGE_TARGET("usage-target", "Usage target"),
    LOW_UTILIZATION("low-utilization", "Low utilization"),
    HEALTH_CHANGED("health-changed", "Health"),
    SILENCE("silence", "Silent instance"),
    FEATURE_FIRST_USED("feature-first-used", "First use of a feature"),
    ONBOARDING_GOAL_MISSED("onboarding-goal-missed", "Onboarding goal"),
    PROGRAMME_BLOCKED("programme-blocked", "Programme blocked"),
    HELP_REQUESTED("help-requested", "Help requested"),
    TRAINING_REQUESTED("training-requested", "Training requested"),
    MEETING_REQUESTED("meeting-requested", "Meeting requested"),
    SURVEY_ANSWERED("survey-answered", "Survey answered");

    private final String wireName;
    private final String label;

    AlertKind(String wireName, String label) {
        this.wireName = wireName;
        this.label = label;
    }

    /** The name in records, in the policy and in query parameters. */
    public String wireName() {
        return wireName;
    }

    /** The name that people read. */
    public String label() {
        return label;
    }

    public static Optional<AlertKind> byWireName(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }

    /** All names, for messages that say what was expected. */
    public static String accepted() {
        return Arrays.stream(values()).map(AlertKind::wireName).collect(Collectors.joining(", "));
    }
}
