package dev.stagecoach.outreach;

import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.outreach.mail.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What readers answered. */
public interface Answers {
    /** The time of the account's partition; real time for an account that has none yet. */
    Instant now(String account);

    /**
     * An answer that was given before.
     *
     * @param times how many answers of its type the reader has given to this mail, with this one
     */
    record Given(
            String id, @Nullable Integer score, @Nullable String comment, int times) {}

    /** The latest answer of this type that the reader gave to this mail. */
    Optional<Given> latest(MailReference mail, EventType type);

    /**
     * What the reader's choice is now.
     *
     * @param changedBy the id of the answer that changed it last; null when none did
     */
    record Choice(Subscription subscription, @Nullable String changedBy) {}

    /** The choice of the person behind a mail: it holds for the address, in whatever account and role it is known. */
    Choice choice(MailReference mail);

    /**
     * Records an answer and tells the world.
     *
     * @param answer with an id derived from the answer: one that is known already changes nothing
     */
    void record(MailReference mail, Event<ContactResponse> answer);

    /**
     * Records, in their order, what a person wants no more or again, takes back what is planned for the address and not wanted,
     * and tells the world.
     *
     * @param changes of types {@code UNSUBSCRIBED} and {@code RESUBSCRIBED}, with ids derived as above
     */
    void change(MailReference mail, List<Event<ContactResponse>> changes);
}
