package dev.stagecoach.outreach;

import dev.stagecoach.events.Contact;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.CampaignRef;
import dev.stagecoach.outreach.delivery.Delivery;
import java.time.Instant;
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
 * @param attempts how often it was tried before
 * @param campaign the campaign with the version that its occurrence began on
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
        int attempts,
        CampaignRef campaign) {
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
                attempts,
                new CampaignRef(delivery.campaign(), 0));
    }
}
