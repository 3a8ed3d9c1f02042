package dev.stagecoach.outreach;

import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.outreach.mail.MailReference;
import java.time.Instant;

/** What readers answered. */
public interface Answers {
    /** The time of the account's partition; real time for an account that has none yet. */
    Instant now(String account);

    /**
     * Records an answer and tells the world.
     *
     * @param answer with an id derived from the answer: one that is known already changes nothing
     */
    void record(MailReference mail, Event<ContactResponse> answer);

    /** Records that a person wants no more mails, takes back what is planned for the address, and tells the world. */
    void optOut(MailReference mail, Event<ContactResponse> answer);
}
