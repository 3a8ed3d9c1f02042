package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mail as an account would get it now.
 *
 * @param problem why outreach-service does not tell it; null when it does
 * @param act what became of a test
 * @param campaigns to choose from
 * @param found accounts that are called like what was typed; empty when one was meant
 * @param isNobody whether no account is called like what was typed
 * @param candidate who there would get it; null when no account is chosen
 * @param mails one for each person and step
 * @param testTo where a test goes, as far as it is known
 */
@TemplateData
record PreviewPage(
        Choice choice,
        Optional<Instant> instant,
        @Nullable String problem,
        @Nullable ActReport act,
        List<String> campaigns,
        List<Found> found,
        boolean isNobody,
        @Nullable Candidate candidate,
        List<OutreachApi.PreviewedMail> mails,
        String testTo) {
    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    /** Whether a campaign or an account is still to be chosen. */
    public boolean isToChoose() {
        return choice.campaign() == null || choice.account() == null;
    }

    public List<AlertsPage.Choice> campaignChoices() {
        return campaigns.stream()
                .map(id -> new AlertsPage.Choice(id, PageText.titled(id), id.equals(choice.campaign())))
                .toList();
    }

    public List<AlertsPage.Choice> stepChoices() {
        return choices(mails.stream().map(OutreachApi.PreviewedMail::step), step());
    }

    public List<AlertsPage.Choice> contactChoices() {
        return choices(mails.stream().map(OutreachApi.PreviewedMail::contact), contact());
    }

    private static List<AlertsPage.Choice> choices(Stream<String> names, @Nullable String chosen) {
        return names.distinct()
                .map(name -> new AlertsPage.Choice(name, PageText.spaced(name), name.equals(chosen)))
                .toList();
    }

    /** Whether there is a mail to show: of the step and person that were chosen, or the first. */
    public boolean isMail() {
        return choice.of(mails).isPresent();
    }

    private @Nullable String step() {
        return choice.of(mails).map(OutreachApi.PreviewedMail::step).orElse(null);
    }

    private @Nullable String contact() {
        return choice.of(mails).map(OutreachApi.PreviewedMail::contact).orElse(null);
    }

    public @Nullable String subject() {
        return choice.of(mails).map(OutreachApi.PreviewedMail::subject).orElse(null);
    }

    public @Nullable String preheader() {
        return choice.of(mails).map(OutreachApi.PreviewedMail::preheader).orElse(null);
    }

    public @Nullable String text() {
        return choice.of(mails).map(OutreachApi.PreviewedMail::text).orElse(null);
    }

    public @Nullable String when() {
        return choice.of(mails)
                .map(mail -> mail.after().isZero() ? "at once" : PageText.duration(mail.after()) + " later")
                .orElse(null);
    }

    /** Where its HTML is, by itself. */
    public String htmlLink() {
        return PageLink.to("/outreach/preview/mail")
                .with("campaign", choice.campaign())
                .with("account", choice.account())
                .with("step", step())
                .with("contact", contact())
                .toString();
    }

    public @Nullable String shownStep() {
        return step();
    }

    public @Nullable String shownContact() {
        return contact();
    }

    /** What to preview; null: not chosen yet. */
    @TemplateData
    record Choice(
            @Nullable String campaign,
            @Nullable String account,
            @Nullable String step,
            @Nullable String contact) {
        Choice {
            campaign = given(campaign);
            account = given(account);
            step = given(step);
            contact = given(contact);
        }

        private static @Nullable String given(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }

        Choice withAccount(String other) {
            return new Choice(campaign, other, step, contact);
        }

        PageLink link() {
            return PageLink.to("/outreach/preview")
                    .with("campaign", campaign)
                    .with("account", account)
                    .with("step", step)
                    .with("contact", contact);
        }

        /** The one that was chosen; else, as another campaign has other steps and readers, the one that comes closest. */
        Optional<OutreachApi.PreviewedMail> of(List<OutreachApi.PreviewedMail> mails) {
            return mails.stream()
                    .filter(mail -> mail.step().equals(step) && mail.contact().equals(contact))
                    .findFirst()
                    .or(() -> mails.stream()
                            .filter(mail ->
                                    mail.step().equals(step) || mail.contact().equals(contact))
                            .findFirst())
                    .or(() -> mails.stream().findFirst());
        }
    }

    /** An account that may be meant. */
    @TemplateData
    record Found(String account, String name, String link) {
        static Found of(String account, String name, Choice choice) {
            return new Found(account, name, choice.withAccount(account).link().toString());
        }
    }
}
