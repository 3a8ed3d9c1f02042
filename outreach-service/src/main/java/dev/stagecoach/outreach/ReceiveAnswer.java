package dev.stagecoach.outreach;

import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.outreach.delivery.Outcome;
import dev.stagecoach.outreach.mail.MailReference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes what readers answer to a mail. The same answer twice is one answer. */
public final class ReceiveAnswer {
    private static final int HIGHEST_SCORE = 10;

    private final Answers answers;

    public ReceiveAnswer(Answers answers) {
        this.answers = answers;
    }

    /**
     * Takes the answer to a survey.
     *
     * @throws IllegalArgumentException for a score that is not 0 to 10
     */
    public void survey(MailReference mail, int score, @Nullable String comment) {
        if (score < 0 || score > HIGHEST_SCORE) {
            throw new IllegalArgumentException("score: " + score + " (expected: 0 to " + HIGHEST_SCORE + ")");
        }
        String id = DecisionId.of(
                EventType.SURVEY_ANSWERED.wireName(),
                mail.occurrence(),
                mail.step(),
                mail.contact(),
                score,
                words(comment));
        answers.record(mail, answer(id, EventType.SURVEY_ANSWERED, mail, score, comment));
    }

    public void help(MailReference mail, @Nullable String comment) {
        String id = DecisionId.of(
                EventType.HELP_REQUESTED.wireName(), mail.occurrence(), mail.step(), mail.contact(), words(comment));
        answers.record(mail, answer(id, EventType.HELP_REQUESTED, mail, null, comment));
    }

    public void unsubscribe(MailReference mail) {
        String id = DecisionId.of(EventType.UNSUBSCRIBED.wireName(), mail.account(), mail.contact());
        answers.optOut(mail, answer(id, EventType.UNSUBSCRIBED, mail, null, null));
    }

    private static String words(@Nullable String comment) {
        return comment == null ? "" : comment;
    }

    private Event<ContactResponse> answer(
            String id, EventType type, MailReference mail, @Nullable Integer score, @Nullable String comment) {
        Instant at = answers.now(mail.account());
        return Event.of(
                id,
                type,
                Outcome.SOURCE,
                mail.account(),
                at,
                null,
                new ContactResponse(
                        mail.account(), mail.contact(), mail.campaign(), mail.occurrence(), at, score, comment));
    }
}
