package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.mail.ReasonWords;
import io.quarkus.qute.TemplateData;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account that would get a campaign now, or would not, and why.
 *
 * @param gets whether anybody there would get it
 */
@TemplateData
record Candidate(
        String campaign,
        String account,
        String accountName,
        boolean gets,
        List<String> whyNot,
        List<Reader> readers,
        List<String> missingRoles,
        List<Run> running) {
    static Candidate of(String campaign, OutreachApi.Candidate judged, AccountNames names) {
        return new Candidate(
                campaign,
                judged.account(),
                names.of(judged.account()),
                judged.gets(),
                judged.whyNot().stream().map(ReasonWords::of).toList(),
                judged.recipients().stream().map(Reader::new).toList(),
                judged.missingRoles(),
                judged.running().stream().map(Run::new).toList());
    }

    static Candidate of(OutreachApi.Preview preview, AccountNames names) {
        return of(
                preview.campaign(),
                new OutreachApi.Candidate(
                        preview.account(),
                        preview.gets(),
                        preview.whyNot(),
                        preview.recipients(),
                        preview.missingRoles(),
                        preview.running()),
                names);
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

    public String missing() {
        return PageText.listed(missingRoles);
    }

    /** Somebody in the audience. */
    @TemplateData
    record Reader(OutreachApi.Reader reader) {
        public String contact() {
            return reader.contact();
        }

        public String roles() {
            return PageText.listed(reader.roles());
        }

        public @Nullable Moment dueAt() {
            return reader.dueAt() == null ? null : new Moment(reader.dueAt());
        }

        public @Nullable String waits() {
            if (reader.held()) {
                return "waits for a person to release it";
            }
            return reader.waitsBecause() == null ? null : "waits: " + ReasonWords.of(reader.waitsBecause());
        }

        public @Nullable String whyNot() {
            return reader.whyNot() == null ? null : ReasonWords.of(reader.whyNot());
        }
    }

    /** Where the campaign is under way there. */
    @TemplateData
    record Run(OutreachApi.Run run) {
        public int version() {
            return run.version();
        }

        public boolean isOlder() {
            return run.older();
        }

        public Moment since() {
            return new Moment(run.openedAt());
        }

        public long toCome() {
            return run.toCome();
        }
    }
}
