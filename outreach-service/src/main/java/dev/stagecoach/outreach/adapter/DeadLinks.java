package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Links;
import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.MailReference;
import java.net.URI;
import java.util.Optional;

/** Links of a preview: whoever follows one is told that it does not work. */
record DeadLinks(URI publicUrl) implements Links {
    @Override
    public String to(LinkPurpose purpose, MailReference mail) {
        String base = publicUrl.toString();
        return (base.endsWith("/") ? base : base + "/") + purpose.path() + "/preview";
    }

    @Override
    public Optional<MailReference> read(LinkPurpose purpose, String token) {
        return Optional.empty();
    }
}
