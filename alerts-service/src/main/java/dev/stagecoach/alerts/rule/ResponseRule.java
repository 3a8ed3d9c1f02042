package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import java.util.Optional;

/** A contact asks for something, or answers a survey. */
record ResponseRule() implements AlertRule {
    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        if (!(event.data() instanceof ContactResponse response)) {
            return Optional.empty();
        }
        String name = account.displayName();
        return switch (event.type()) {
            case HELP_REQUESTED -> Optional.of(finding(AlertKind.HELP_REQUESTED, name + " asks for help", response));
            case TRAINING_REQUESTED ->
                Optional.of(finding(AlertKind.TRAINING_REQUESTED, name + " asks for a training", response));
            case MEETING_REQUESTED ->
                Optional.of(finding(AlertKind.MEETING_REQUESTED, name + " asks for a meeting", response));
            case SURVEY_ANSWERED ->
                Optional.of(
                        finding(AlertKind.SURVEY_ANSWERED, name + " answered the survey" + score(response), response));
            default -> Optional.empty();
        };
    }

    private static Finding finding(AlertKind kind, String title, ContactResponse response) {
        return Finding.of(kind, title)
                .because("In answer to a mail of " + response.campaign() + ".")
                .with("campaign", response.campaign())
                .with("occurrence", response.occurrence())
                .with("contact", response.contact())
                .with("score", response.score())
                .with("comment", response.comment());
    }

    private static String score(ContactResponse response) {
        return response.score() == null ? "" : ": " + response.score() + " of 10";
    }
}
