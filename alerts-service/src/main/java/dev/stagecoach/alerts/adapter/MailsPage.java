package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.mail.MailState;
import dev.stagecoach.alerts.mail.ReasonWords;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mails of the ledger.
 *
 * @param problem why outreach-service does not tell them; null when it does
 * @param next what to ask for to get the following page; null on the last
 */
@TemplateData
record MailsPage(
        Filter filter,
        Optional<Instant> instant,
        @Nullable String problem,
        List<String> campaigns,
        List<MailLine> mails,
        @Nullable String next) {
    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    public List<AlertsPage.Choice> states() {
        return Arrays.stream(MailState.values())
                .map(state -> new AlertsPage.Choice(
                        state.wireName(), state.words(), state.wireName().equals(filter.state())))
                .toList();
    }

    public List<AlertsPage.Choice> campaignChoices() {
        return campaigns.stream()
                .map(id -> new AlertsPage.Choice(id, PageText.titled(id), id.equals(filter.campaign())))
                .toList();
    }

    public @Nullable String reasonWords() {
        return filter.reason() == null ? null : ReasonWords.of(filter.reason());
    }

    public @Nullable String older() {
        return next == null ? null : filter.link().with("after", next).toString();
    }

    public String anyReason() {
        return new Filter(filter.account(), filter.campaign(), filter.state(), null, null)
                .link()
                .toString();
    }

    /** What is asked for; null: whatever. */
    @TemplateData
    record Filter(
            @Nullable String account,
            @Nullable String campaign,
            @Nullable String state,
            @Nullable String reason,
            @Nullable String after) {
        Filter {
            account = given(account);
            campaign = given(campaign);
            state = given(state);
            reason = given(reason);
            after = given(after);
            if (state != null && MailState.of(state).isEmpty()) {
                throw ProblemException.badRequest("state: " + state + " (expected one of: "
                        + String.join(
                                ", ",
                                Arrays.stream(MailState.values())
                                        .map(MailState::wireName)
                                        .toList())
                        + ")");
            }
        }

        private static @Nullable String given(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }

        PageLink link() {
            return PageLink.to("/outreach/mails")
                    .with("account", account)
                    .with("campaign", campaign)
                    .with("state", state)
                    .with("reason", reason);
        }

        public boolean isAny() {
            return account == null && campaign == null && state == null && reason == null;
        }
    }
}
