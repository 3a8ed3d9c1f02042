package dev.stagecoach.alerts.adapter;

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
 * @param reasons why mails were not sent, the most frequent first
 * @param doubts mails of which nobody knows whether they arrived, the latest first
 */
@TemplateData
record OutreachPage(Optional<Instant> instant, List<Campaign> campaigns, List<Reason> reasons, List<Doubt> doubts) {
    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    /**
     * Mails of a campaign, by what was told of them. One that bounced was sent before, and one in doubt may have been resolved.
     *
     * @param answers to its survey, each reader's last
     * @param promoters of those, with a score of 9 or 10
     * @param detractors of those, with a score of at most 6
     */
    @TemplateData
    record Campaign(
            String name,
            long sent,
            long suppressed,
            long bounced,
            long failed,
            long doubtful,
            long answers,
            long promoters,
            long detractors) {
        private static final int PERCENT = 100;

        public String title() {
            return name.replace('-', ' ');
        }

        /** From -100 to 100; unknown without answers. */
        public @Nullable Long netPromoterScore() {
            return answers == 0 ? null : Math.round((double) PERCENT * (promoters - detractors) / answers);
        }
    }

    /** Why mails were not sent. */
    @TemplateData
    record Reason(String words, long mails) {}

    /** A mail that may have arrived. */
    @TemplateData
    record Doubt(String account, String title, @Nullable String detail, Instant instant) {
        public String link() {
            return AlertsRunner.accountLink(URI.create(""), account);
        }

        public String at() {
            return instant.toString();
        }

        public String atText() {
            return PageText.time(instant);
        }
    }
}
