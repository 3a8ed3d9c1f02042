package dev.stagecoach.outreach.adapter;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/** Signs mails, so that whoever gets one can tell that it is ours. */
interface Signing {
    /** The same mail with a signature. */
    MimeMessage sign(MimeMessage mail) throws MessagingException;

    /** Leaves mails as they are. */
    static Signing none() {
        return mail -> mail;
    }
}
