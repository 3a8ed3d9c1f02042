package dev.stagecoach.outreach;

import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.Mail;

/** Where mails are handed over. */
public interface Mailbox {
    /** Hands a mail over and waits for the answer. */
    Handover send(Mail mail);
}
