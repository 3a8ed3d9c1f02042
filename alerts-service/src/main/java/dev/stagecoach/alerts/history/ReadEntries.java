package dev.stagecoach.alerts.history;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ChangedBy;
import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.Milestone;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageRecap;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what events mean for the history of their account. */
public final class ReadEntries {
    private ReadEntries() {}

    /** The entry of an event; empty for one that is no news by itself, such as a summary of usage. */
    public static Optional<Entry> of(Heard heard) {
        EventData data = heard.event().data();
        if (data instanceof StageChanged change) {
            return entry(heard, EntryKind.STAGE, StageWords.title(change), StageWords.why(change.reason()));
        }
        if (data instanceof HealthChanged change) {
            return entry(heard, EntryKind.HEALTH, healthTitle(change), String.join("; ", change.reasons()));
        }
        if (data instanceof Milestone milestone) {
            EntryKind kind = milestone instanceof Milestone.FeatureFirstUsed ? EntryKind.FEATURE : EntryKind.MILESTONE;
            return entry(heard, kind, MilestoneWords.title(milestone), null);
        }
        if (data instanceof MessageOutcome outcome) {
            return entry(heard, EntryKind.MAIL, mailTitle(heard.event().type(), outcome), outcome.reason());
        }
        if (data instanceof ContactResponse response) {
            return entry(heard, EntryKind.ANSWER, answerTitle(heard.event().type(), response), response.comment());
        }
        if (data instanceof UsageRecap recap) {
            return entry(heard, EntryKind.USAGE, recapTitle(recap), null);
        }
        if (data instanceof AccountFacts facts) {
            return facts(heard, facts);
        }
        return Optional.empty();
    }

    private static Optional<Entry> facts(Heard heard, AccountFacts facts) {
        ChangedBy person = facts.changedBy();
        return person == null
                ? entry(heard, EntryKind.ACT, "Facts entered", FactsWords.detail(facts))
                : entry(heard, EntryKind.ACT, person.author() + " recorded: " + spaced(person.act()), person.note());
    }

    private static Optional<Entry> entry(Heard heard, EntryKind kind, String title, @Nullable String detail) {
        String said = detail == null || detail.isBlank() ? null : detail;
        return Optional.of(new Entry(heard.event(), kind, title, said, heard.record()));
    }

    private static String healthTitle(HealthChanged change) {
        String score = change.score() == null ? "" : String.format(Locale.ROOT, " (%.1f of 10)", change.score());
        return "Health went from " + change.from().wireName() + " to "
                + change.to().wireName() + score;
    }

    private static String mailTitle(EventType type, MessageOutcome outcome) {
        String mail = spaced(outcome.campaign()) + ", " + spaced(outcome.step());
        String to = outcome.contact() == null ? "" : " to contact " + outcome.contact();
        return switch (type) {
            case MESSAGE_SENT -> "Mail sent" + to + ": " + mail;
            case MESSAGE_SUPPRESSED -> "Mail not sent" + to + ": " + mail;
            case MESSAGE_BOUNCED -> "Mail bounced" + to + ": " + mail;
            case MESSAGE_FAILED -> "Mail failed" + to + ": " + mail;
            default -> "Mail in doubt" + to + ": " + mail;
        };
    }

    private static String answerTitle(EventType type, ContactResponse response) {
        String who = "Contact " + response.contact();
        return switch (type) {
            case SURVEY_ANSWERED ->
                who + " answered the survey" + (response.score() == null ? "" : ": " + response.score() + " of 10");
            case HELP_REQUESTED -> who + " asked for help";
            case TRAINING_REQUESTED -> who + " asked for training";
            case MEETING_REQUESTED -> who + " asked for a meeting";
            default -> who + " answered: " + spaced(answer(type));
        };
    }

    /** The name of an answer on the wire, without what all of them share. */
    private static String answer(EventType type) {
        return type.wireName().replaceFirst("^.*outreach\\.", "").replaceFirst("\\.v\\d+$", "");
    }

    private static String recapTitle(UsageRecap recap) {
        String users = recap.mau() == null ? "monthly users unknown" : recap.mau() + " monthly users";
        String change =
                recap.change() == null ? "" : String.format(Locale.ROOT, " (%+d %%)", Math.round(recap.change() * 100));
        return "Usage of " + recap.month() + ": " + users + change;
    }

    static String spaced(String name) {
        return name.replace('-', ' ');
    }

    /** Words about facts. */
    private static final class FactsWords {
        static String detail(AccountFacts facts) {
            return Stream.of(
                            Optional.of(facts.segment().wireName()),
                            Optional.ofNullable(facts.seats()).map(seats -> seats + (seats == 1 ? " seat" : " seats")),
                            Optional.ofNullable(facts.addressableUsers()).map(users -> users + " addressable users"),
                            on("expected to close on ", facts.expectedCloseOn()),
                            on("contract closed on ", facts.contractClosedOn()),
                            on("renews on ", facts.renewsOn()),
                            on("extended until ", facts.extendedUntil()))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(", "));
        }

        private static Optional<String> on(String what, @Nullable LocalDate day) {
            return Optional.ofNullable(day).map(one -> what + one);
        }
    }

    /** Words about stages. */
    private static final class StageWords {
        static String title(StageChanged change) {
            if (change.to() == null) {
                return "In no stage any more";
            }
            String from = change.from() == null ? "" : " from " + change.from().wireName();
            return "Entered " + change.to().wireName() + from;
        }

        static String why(Reason reason) {
            NearestMiss miss = reason.nearestMiss();
            String clause = "by the clause " + spaced(reason.clause());
            return miss == null ? clause : clause + "; " + spaced(miss.clause()) + " " + miss.needs();
        }
    }
}
