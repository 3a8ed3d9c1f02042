package dev.stagecoach.outreach;

import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.Mail;
import java.util.function.BooleanSupplier;

/** Where mails are handed over. */
public interface Mailbox {
    /**
     * Hands a mail over and waits for the answer.
     *
     * @param mayHandOver asked once, when the server knows sender and recipient and would take the mail next. Until then nothing
     *     can have been taken; from then on only an answer of the server takes the doubt away. When it says no, or fails,
     *     nothing is handed over
     */
    Handover send(Mail mail, BooleanSupplier mayHandOver);
}
