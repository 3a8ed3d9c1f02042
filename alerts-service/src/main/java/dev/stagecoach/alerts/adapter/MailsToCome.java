package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mails that an account is to get.
 *
 * @param problem why they are not known; null when they are
 * @param mails the next one first
 */
@TemplateData
record MailsToCome(String account, @Nullable String problem, List<MailLine> mails) {
    public String allLink() {
        return PageLink.to("/outreach/mails").with("account", account).toString();
    }
}
