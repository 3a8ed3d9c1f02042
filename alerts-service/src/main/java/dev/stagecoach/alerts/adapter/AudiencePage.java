package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who would get a campaign if what triggers it happened now, and who would not.
 *
 * @param problem why outreach-service does not tell it; null when it does
 * @param totals over all accounts; on the first page
 * @param next what to ask for to get the following page; null on the last
 */
@TemplateData
record AudiencePage(
        String id,
        Optional<Instant> instant,
        @Nullable String problem,
        OutreachApi.@Nullable Totals totals,
        List<Candidate> accounts,
        boolean isFirst,
        @Nullable String next) {
    public String title() {
        return PageText.titled(id);
    }

    public String link() {
        return PageLink.to("/outreach").slash(id).toString();
    }

    public String first() {
        return PageLink.to("/outreach").slash(id).slash("audience").toString();
    }

    public @Nullable String older() {
        return next == null ? null : PageLink.to(first()).with("after", next).toString();
    }

    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    /** What the totals say, number by number. */
    public List<AccountPage.Count> numbers() {
        return totals == null
                ? List.of()
                : List.of(
                        new AccountPage.Count("accounts looked at", totals.accounts()),
                        new AccountPage.Count("would get it", totals.wouldGet()),
                        new AccountPage.Count("people in them", totals.people()),
                        new AccountPage.Count("where it is under way", totals.running()),
                        new AccountPage.Count("of these on an older version", totals.onOlderVersion()));
    }

    /** Why accounts and people would not get it, the most frequent first. */
    public List<AccountPage.Count> whyNot() {
        return totals == null
                ? List.of()
                : totals.whyNot().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(why -> new AccountPage.Count(PageText.spaced(why.getKey()), why.getValue()))
                        .toList();
    }
}
