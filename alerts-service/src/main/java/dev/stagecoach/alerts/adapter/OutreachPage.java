package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.mail.ReasonWords;
import io.quarkus.qute.TemplateData;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the mails.
 *
 * @param instant the time as ticks tell it
 * @param problem why outreach-service does not tell more; null when it does
 * @param act what was done a moment ago
 * @param campaigns with their balances, as outreach-service tells them; empty when it does not
 * @param total of all of them
 * @param told the same as far as topics tell it
 * @param reasons why mails were not sent, the most frequent first
 * @param approvals what waits for a person
 * @param doubts mails of which nobody knows whether they arrived, the latest first
 */
@TemplateData
record OutreachPage(
        Optional<Instant> instant,
        @Nullable String problem,
        @Nullable ActReport act,
        List<Campaign> campaigns,
        @Nullable MailBalance total,
        List<Told> told,
        List<Reason> reasons,
        Approvals approvals,
        Doubts doubts) {
    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    /** Whether nothing has been decided on yet, as far as is known. */
    public boolean isEmpty() {
        return told.isEmpty() && (total == null || total.eligible() == 0);
    }

    /** Whether somebody is waited for. */
    public boolean isWaiting() {
        return !approvals.waiting().isEmpty() || !doubts.mails().isEmpty();
    }

    /** A campaign in force. */
    @TemplateData
    record Campaign(String id, String starts, String audience, int version, MailBalance balance, Scores scores) {
        public String title() {
            return PageText.titled(id);
        }

        public String link() {
            return PageLink.to("/outreach").slash(id).toString();
        }
    }

    /**
     * Scores that readers gave, each reader's last to a mail.
     *
     * @param promoters of those, with a score of 9 or 10
     * @param detractors of those, with a score of at most 6
     */
    @TemplateData
    record Scores(long answers, long promoters, long detractors) {
        static final Scores NONE = new Scores(0, 0, 0);
        private static final int PERCENT = 100;

        /** From -100 to 100; unknown without answers. */
        public @Nullable Long netPromoterScore() {
            return answers == 0 ? null : Math.round((double) PERCENT * (promoters - detractors) / answers);
        }
    }

    /** Mails of a campaign, by what was told of them. One that bounced was sent before, and one in doubt may have been resolved. */
    @TemplateData
    record Told(String name, long sent, long suppressed, long bounced, long failed, long doubtful, Scores scores) {
        public String title() {
            return PageText.titled(name);
        }
    }

    /** Why mails were not sent. */
    @TemplateData
    record Reason(String reason, long mails) {
        public String words() {
            return ReasonWords.of(reason);
        }

        public String link() {
            return PageLink.to("/outreach/mails").with("reason", reason).toString();
        }
    }

    /**
     * What waits for approval.
     *
     * @param campaigns of these, each with all that waits of it
     * @param isMore whether there is more than these
     */
    @TemplateData
    record Approvals(List<Waiting> waiting, List<OfCampaign> campaigns, boolean isMore) {
        static final Approvals NONE = new Approvals(List.of(), List.of(), false);

        public int mails() {
            return waiting.stream().mapToInt(Waiting::mails).sum();
        }
    }

    /** All that waits of a campaign. */
    @TemplateData
    record OfCampaign(String id, int mails, int accounts) {
        public String link() {
            return PageLink.to("/outreach").slash(id) + "#approvals";
        }

        public String title() {
            return PageText.titled(id);
        }
    }

    /** The mails of an occurrence that wait. */
    @TemplateData
    record Waiting(
            String occurrence,
            String campaign,
            String account,
            String accountName,
            int mails,
            String steps,
            String contacts,
            AccountPage.Moment firstDue) {
        public String title() {
            return PageText.titled(campaign);
        }

        public String accountLink() {
            return AlertsRunner.accountLink(URI.create(""), account);
        }

        public String previewLink() {
            return PageLink.to("/outreach/preview")
                    .with("campaign", campaign)
                    .with("account", account)
                    .toString();
        }
    }

    /**
     * Mails in doubt.
     *
     * @param canBeResolved whether outreach-service told them, and so knows what is said of them
     * @param isMore whether there are more than these
     */
    @TemplateData
    record Doubts(List<Doubt> mails, boolean canBeResolved, boolean isMore) {}

    /**
     * A mail that may have arrived.
     *
     * @param id in the ledger; null when only topics told of it
     * @param messageId by which the mail server knows it; null when only topics told of it
     */
    @TemplateData
    record Doubt(
            @Nullable String id,
            @Nullable String messageId,
            String account,
            String accountName,
            String contact,
            String title,
            @Nullable String detail,
            AccountPage.Moment at) {
        public String link() {
            return AlertsRunner.accountLink(URI.create(""), account);
        }

        public @Nullable String mailLink() {
            return id == null ? null : PageLink.to("/outreach/mails").slash(id).toString();
        }
    }
}
