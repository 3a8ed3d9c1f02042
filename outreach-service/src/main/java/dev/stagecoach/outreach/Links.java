package dev.stagecoach.outreach;

import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.MailReference;
import java.util.Optional;

/** Links that only we can make, and that need no login. */
public interface Links {
    /** An absolute address. */
    String to(LinkPurpose purpose, MailReference mail);

    /** Which mail a link came from; empty when we did not make it. */
    Optional<MailReference> read(LinkPurpose purpose, String token);
}
