package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.mail.MailState;
import dev.stagecoach.alerts.mail.ReasonWords;
import dev.stagecoach.alerts.mail.TriggerWords;
import io.quarkus.qute.TemplateData;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All about a campaign.
 *
 * @param problem why outreach-service does not tell all of this; null when it does
 * @param campaign null when outreach-service does not tell it
 * @param said what readers answered, as topics told it
 */
@TemplateData
record CampaignPage(
        String id,
        Optional<Instant> instant,
        @Nullable String problem,
        @Nullable ActReport act,
        @Nullable Facts campaign,
        @Nullable MailBalance balance,
        List<Step> steps,
        List<Version> versions,
        List<Reason> reasons,
        List<MailLine> mails,
        OutreachPage.Approvals approvals,
        @Nullable Score score,
        List<Said> said) {
    public String title() {
        return PageText.titled(id);
    }

    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    public String mailsLink() {
        return PageLink.to("/outreach/mails").with("campaign", id).toString();
    }

    public String audienceLink() {
        return PageLink.to("/outreach").slash(id).slash("audience").toString();
    }

    public String previewLink() {
        return PageLink.to("/outreach/preview").with("campaign", id).toString();
    }

    /** What its file says. */
    @TemplateData
    record Facts(
            int version, String starts, String segments, String products, String audience, String kind, boolean held) {
        static Facts of(OutreachApi.Campaign campaign) {
            return new Facts(
                    campaign.version(),
                    TriggerWords.of(campaign.trigger()),
                    PageText.listed(campaign.segments()),
                    campaign.products().isEmpty() ? "any" : PageText.listed(campaign.products()),
                    PageText.listed(campaign.audience()),
                    PageText.spaced(campaign.kind()),
                    campaign.needsApproval());
        }
    }

    /** A mail of the campaign, and what became of it. */
    @TemplateData
    record Step(String campaign, String step, Duration after, String subject, Map<String, Long> mails) {
        public String title() {
            return PageText.titled(step);
        }

        public String when() {
            return after.isZero() ? "at once" : "after " + PageText.duration(after);
        }

        public long sent() {
            return of(MailState.SENT);
        }

        public long notSent() {
            return of(MailState.SUPPRESSED);
        }

        public long trouble() {
            return of(MailState.FAILED) + of(MailState.BOUNCED) + of(MailState.UNKNOWN);
        }

        public long pending() {
            return of(MailState.PLANNED) + of(MailState.SENDING);
        }

        private long of(MailState state) {
            return mails.getOrDefault(state.wireName(), 0L);
        }

        public String previewLink() {
            return PageLink.to("/outreach/preview")
                    .with("campaign", campaign)
                    .with("step", step)
                    .toString();
        }
    }

    /** A version of its file. */
    @TemplateData
    record Version(OutreachApi.OfVersion version, boolean inForce) {
        public int number() {
            return version.version();
        }

        public @Nullable Moment firstSeen() {
            return version.firstSeenAt() == null ? null : new Moment(version.firstSeenAt());
        }

        public long started() {
            return version.started();
        }

        public long ended() {
            return version.ended();
        }

        public long pending() {
            return version.pending();
        }
    }

    /** Why mails ended as they did. */
    @TemplateData
    record Reason(String campaign, OutreachApi.OfReason reason) {
        public String words() {
            return ReasonWords.of(reason.reason());
        }

        public String state() {
            return MailState.of(reason.state()).map(MailState::words).orElse(reason.state());
        }

        public long mails() {
            return reason.mails();
        }

        public String link() {
            return PageLink.to("/outreach/mails")
                    .with("campaign", campaign)
                    .with("state", reason.state())
                    .with("reason", reason.reason())
                    .toString();
        }
    }

    /** What readers answered, in numbers. */
    @TemplateData
    record Score(OutreachApi.Answers answers) {
        private static final int TALLEST = 40;
        private static final int LOWEST_OF_PROMOTERS = 9;
        private static final int HIGHEST_OF_DETRACTORS = 6;

        public long number() {
            return answers.answers();
        }

        public long sent() {
            return answers.sent();
        }

        public @Nullable Long net() {
            return answers.nps() == null ? null : Math.round(answers.nps());
        }

        public long promoters() {
            return answers.promoters();
        }

        public long passives() {
            return answers.passives();
        }

        public long detractors() {
            return answers.detractors();
        }

        /** From 0 to 10, beside each other. */
        public List<Bar> bars() {
            long most = Math.max(
                    1,
                    answers.scores().values().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(1));
            List<Bar> bars = new ArrayList<>();
            answers.scores().forEach((score, number) -> bars.add(new Bar(score, number, number * TALLEST / most)));
            return bars;
        }

        /** What readers asked for; what nobody did is left out. */
        public List<AccountPage.Count> wishes() {
            return Stream.of(
                            new AccountPage.Count("asked for help", answers.helpRequested()),
                            new AccountPage.Count("asked for a training", answers.trainingRequested()),
                            new AccountPage.Count("asked for a meeting", answers.meetingRequested()),
                            new AccountPage.Count("unsubscribed by these mails", answers.unsubscribed()))
                    .filter(wish -> wish.number() > 0)
                    .toList();
        }

        /** How often a score was given. */
        @TemplateData
        record Bar(int score, long answers, long height) {
            private static final int STEP = 24;

            public int x() {
                return score * STEP;
            }

            public long y() {
                return TALLEST - height;
            }

            public String cssClass() {
                if (score >= LOWEST_OF_PROMOTERS) {
                    return "good";
                }
                return score <= HIGHEST_OF_DETRACTORS ? "bad" : "middling";
            }
        }
    }

    /** What a reader answered. */
    @TemplateData
    record Said(
            String account,
            String accountName,
            String title,
            @Nullable String comment,
            Moment at,
            String link) {
        public String accountLink() {
            return AlertsRunner.accountLink(URI.create(""), account);
        }
    }
}
