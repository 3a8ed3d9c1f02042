package dev.stagecoach.outreach;

import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.outreach.Answers.Choice;
import dev.stagecoach.outreach.Answers.Given;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.delivery.Outcome;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.outreach.mail.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes what readers answer to a mail. The same answer twice in a row is one answer; another one corrects it, and is told too.
 */
public final class ReceiveAnswer {
    private static final int HIGHEST_SCORE = 10;
    /** More than anybody corrects an answer: each is told to the team, and whoever has the mail can give one. */
    private static final int MOST_ANSWERS = 20;

    private final Answers answers;
    private final Function<String, Optional<Kind>> kindOf;

    /**
     * @param kindOf the kind of a campaign by its id; empty for one that is not known any more
     */
    public ReceiveAnswer(Answers answers, Function<String, Optional<Kind>> kindOf) {
        this.answers = answers;
        this.kindOf = kindOf;
    }

    /** What a reader can ask the team for. */
    public enum Wish {
        HELP(EventType.HELP_REQUESTED),
        TRAINING(EventType.TRAINING_REQUESTED),
        MEETING(EventType.MEETING_REQUESTED);

        private final EventType type;

        Wish(EventType type) {
            this.type = type;
        }
    }

    /**
     * Takes the answer to a survey. The last one counts.
     *
     * @return false when there were so many answers to this mail that no more are taken
     * @throws IllegalArgumentException for a score that is not 0 to 10
     */
    public boolean survey(MailReference mail, int score, @Nullable String comment) {
        if (score < 0 || score > HIGHEST_SCORE) {
            throw new IllegalArgumentException("score: " + score + " (expected: 0 to " + HIGHEST_SCORE + ")");
        }
        return record(mail, EventType.SURVEY_ANSWERED, score, comment);
    }

    /**
     * Takes a wish; the team is told by an event.
     *
     * @return false when there were so many of this one by this mail that no more are taken
     */
    public boolean ask(Wish wish, MailReference mail, @Nullable String comment) {
        return record(mail, wish.type, null, comment);
    }

    /** What the reader gets now. */
    public Subscription subscription(MailReference mail) {
        return answers.choice(mail).subscription();
    }

    /** The kind of a mail; empty when its campaign is not known any more. */
    public Optional<Kind> kindOf(MailReference mail) {
        return kindOf.apply(mail.campaign());
    }

    /** No more mails of this mail's kind; none at all when nobody knows its kind. */
    public void unsubscribe(MailReference mail) {
        Choice choice = answers.choice(mail);
        Subscription wanted = kindOf(mail).map(choice.subscription()::without).orElse(Subscription.NOTHING);
        change(mail, choice, wanted);
    }

    /** Mails as the reader wants them from now on. What was taken back before does not come again. */
    public void choose(MailReference mail, Subscription wanted) {
        change(mail, answers.choice(mail), wanted);
    }

    private void change(MailReference mail, Choice choice, Subscription wanted) {
        String previous = words(choice.changedBy());
        List<Event<ContactResponse>> events = new ArrayList<>();
        for (Subscription.Change change : choice.subscription().changesTo(wanted)) {
            EventType type = change.off() ? EventType.UNSUBSCRIBED : EventType.RESUBSCRIBED;
            String kind = change.kind() == null ? null : change.kind().wireName();
            String id = DecisionId.of(type.wireName(), mail.account(), mail.contact(), words(kind), previous);
            events.add(answer(id, type, mail, null, null, kind));
        }
        if (!events.isEmpty()) {
            answers.change(mail, events);
        }
    }

    /** The id says what came before, so that 9, then 3, then 9 again are three answers, and a double click is one. */
    private boolean record(MailReference mail, EventType type, @Nullable Integer score, @Nullable String comment) {
        Optional<Given> latest = answers.latest(mail, type);
        boolean repeated = latest.filter(given -> Objects.equals(given.score(), score)
                        && words(given.comment()).equals(words(comment)))
                .isPresent();
        if (repeated) {
            return true;
        }
        if (latest.filter(given -> given.times() >= MOST_ANSWERS).isPresent()) {
            return false;
        }
        String id = DecisionId.of(
                type.wireName(),
                mail.occurrence(),
                mail.step(),
                mail.contact(),
                score == null ? "" : score.toString(),
                words(comment),
                latest.map(Given::id).orElse(""));
        answers.record(mail, answer(id, type, mail, score, comment, null));
        return true;
    }

    private static String words(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Event<ContactResponse> answer(
            String id,
            EventType type,
            MailReference mail,
            @Nullable Integer score,
            @Nullable String comment,
            @Nullable String kind) {
        Instant at = answers.now(mail.account());
        return Event.of(
                id,
                type,
                Outcome.SOURCE,
                mail.account(),
                at,
                null,
                new ContactResponse(
                        mail.account(), mail.contact(), mail.campaign(), mail.occurrence(), at, score, comment, kind));
    }
}
