package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import java.util.Optional;

/**
 * A mail could not go out because nobody at the account holds the role it is for: one alert for an occurrence of a campaign
 * and a role, however many mails of the sequence it costs.
 */
record ProgrammeBlockedRule() implements AlertRule {
    private static final String REASON = "no-contact-for-role";

    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        return event.type() == EventType.MESSAGE_SUPPRESSED
                        && event.data() instanceof MessageOutcome outcome
                        && outcome.reason() != null
                        && outcome.reason().startsWith(REASON)
                ? Optional.of(finding(outcome, role(outcome.reason()), account))
                : Optional.empty();
    }

    private static Finding finding(MessageOutcome outcome, String role, Account account) {
        String missing = role.isEmpty() ? "contact in a required role" : Words.plain(role);
        String title = account.displayName() + " has no " + missing + ": " + outcome.campaign() + " mails are not sent";
        return Finding.of(AlertKind.PROGRAMME_BLOCKED, title)
                .because("Add a contact with the role, and what is still current is sent.")
                .with("campaign", outcome.campaign())
                .with("occurrence", outcome.occurrence())
                .with("role", role.isEmpty() ? null : role)
                .about("", 0, outcome.campaign(), role)
                .oncePer(outcome.campaign(), outcome.occurrence(), role);
    }

    /** The role that follows the reason, behind whatever separates them. */
    private static String role(String reason) {
        return reason.substring(REASON.length()).replaceFirst("^[^A-Za-z]+", "").strip();
    }
}
