package dev.stagecoach.outreach;

import dev.stagecoach.events.Contact;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.CampaignRef;
import dev.stagecoach.outreach.delivery.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail that a sender has claimed.
 *
 * @param claim which claim it is: another one of the same mail has another number
 * @param account without its contacts
 * @param contact as known now; empty when the contact is gone
 * @param optedOut whether the contact has unsubscribed
 * @param facts what was kept with its occurrence
 * @param ended why nothing is to be sent any more: its occurrence ended, or its address bounced; empty while neither is so
 * @param now the time of the account's partition
 * @param goesAt when it goes if nothing speaks against it: when it was due, or now if it is late. Time may move in large steps; what
 *     fell due within the last one is on time
 * @param others mails that went to the same address of late, or may have, or are about to
 * @param attempts how often it was tried before
 * @param campaign the campaign with the version that its occurrence began on
 * @param traceParent the trace that it is part of; null where nobody collects traces
 */
public record DueMail(
        long claim,
        Delivery delivery,
        Account account,
        Optional<Contact> contact,
        boolean optedOut,
        Map<String, @Nullable Object> facts,
        Optional<String> ended,
        Instant now,
        Instant goesAt,
        List<Other> others,
        int attempts,
        CampaignRef campaign,
        @Nullable String traceParent) {
    public DueMail {
        others = List.copyOf(others);
    }

    /** Another mail to the same address, and when it went. */
    public record Other(CampaignRef campaign, Instant at) {}

    /** The same mail with what its reader got besides. */
    public DueMail withOthers(List<Other> got) {
        return with(got, traceParent);
    }

    /** The same mail, as something that a step of its trace does. */
    public DueMail partOf(String step) {
        return with(others, step);
    }

    private DueMail with(List<Other> got, @Nullable String trace) {
        return new DueMail(
                claim, delivery, account, contact, optedOut, facts, ended, now, goesAt, got, attempts, campaign, trace);
    }

    /** A mail of the campaign in force. */
    public DueMail(
            long claim,
            Delivery delivery,
            Account account,
            Optional<Contact> contact,
            boolean optedOut,
            Map<String, @Nullable Object> facts,
            Optional<String> ended,
            Instant now,
            int attempts) {
        this(
                claim,
                delivery,
                account,
                contact,
                optedOut,
                facts,
                ended,
                now,
                delivery.dueAt(),
                List.of(),
                attempts,
                new CampaignRef(delivery.campaign(), 0),
                null);
    }
}
