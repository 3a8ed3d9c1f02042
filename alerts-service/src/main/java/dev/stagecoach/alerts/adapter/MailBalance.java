package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.OutreachApi.Shares;
import dev.stagecoach.alerts.mail.Balance;
import dev.stagecoach.alerts.mail.MailState;
import io.quarkus.qute.TemplateData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A balance as a page shows it: a sum whose terms lead to their mails.
 *
 * @param campaign whose it is; null for that of all
 */
@TemplateData
record MailBalance(@Nullable String campaign, Balance balance) {
    private static final int FULL = 1_000;

    static MailBalance of(@Nullable String campaign, Shares shares) {
        return new MailBalance(
                campaign,
                new Balance(
                        shares.eligible(),
                        shares.sent(),
                        shares.suppressed(),
                        shares.failed(),
                        shares.bounced(),
                        shares.unknown(),
                        shares.pending()));
    }

    public long eligible() {
        return balance.eligible();
    }

    public String eligibleLink() {
        return mails(null);
    }

    public long missing() {
        return balance.missing();
    }

    public boolean isEven() {
        return balance.isEven();
    }

    /** In the order of the sum. */
    public List<Term> terms() {
        return List.of(
                term("Sent", balance.sent(), MailState.SENT),
                term("Not sent", balance.suppressed(), MailState.SUPPRESSED),
                term("Failed", balance.failed(), MailState.FAILED),
                term("Bounced", balance.bounced(), MailState.BOUNCED),
                term("In doubt", balance.unknown(), MailState.UNKNOWN),
                // The few that are being handed over right now are listed with the others of the next look.
                term("Pending", balance.pending(), MailState.PLANNED));
    }

    private Term term(String name, long mails, MailState state) {
        return new Term(name, state.wireName(), mails, mails(state));
    }

    private String mails(@Nullable MailState state) {
        return PageLink.to("/outreach/mails")
                .with("campaign", campaign)
                .with("state", state == null ? null : state.wireName())
                .toString();
    }

    /** The terms beside each other, of a width of 1000. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        long before = 0;
        for (Term term : terms()) {
            if (term.mails() > 0) {
                parts.add(new Part(term.state(), place(before), place(before + term.mails()) - place(before)));
            }
            before += term.mails();
        }
        return parts;
    }

    private long place(long mails) {
        long all = Math.max(1, balance.eligible() - Math.min(0, balance.missing()));
        return mails * FULL / all;
    }

    /** Mails in a state. */
    @TemplateData
    record Term(String name, String state, long mails, String link) {}

    /** A term of the bar. */
    @TemplateData
    record Part(String state, long from, long width) {}
}
