package dev.stagecoach.outreach;

import dev.stagecoach.events.Contact;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.Mail;
import dev.stagecoach.outreach.recipients.Person;
import dev.stagecoach.outreach.recipients.Recipients;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Sends a mail of a campaign to somebody of the team, as the first reader at an account would get it now. It is marked as a test,
 * its links do nothing, and the ledger does not know it.
 */
public final class SendTestMail {
    private static final String MARK = "[Test] ";
    /** One plain address: no name, no list, no line break. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9.-]{1,253})");

    private final PreviewCampaign preview;
    private final Mailbox mailbox;
    private final List<String> domains;

    /**
     * @param domains whose addresses may get test mails; none: nobody may
     */
    public SendTestMail(PreviewCampaign preview, Mailbox mailbox, List<String> domains) {
        this.preview = preview;
        this.mailbox = mailbox;
        this.domains =
                domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList();
    }

    /** The address may not get test mails. */
    public static final class NotAllowed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAllowed(String message) {
            super(message);
        }
    }

    /**
     * Sends it.
     *
     * @param id makes the mail different from all others
     * @throws IllegalArgumentException for what is no address
     * @throws NotAllowed for an address of a domain that is not configured
     */
    public Handover send(Campaign campaign, Step step, Account account, String to, String id) {
        check(to);
        Mail mail = preview.mail(campaign, step, account, reader(campaign, account));
        return mailbox.send(
                new Mail(
                        "<test-" + id
                                + mail.messageId().substring(mail.messageId().indexOf('@')),
                        to,
                        mail.from(),
                        mail.replyTo(),
                        to,
                        MARK + mail.subject(),
                        mail.text(),
                        mail.html(),
                        Map.of("X-Stagecoach-Test", campaign.id(), "Auto-Submitted", "auto-generated"),
                        mail.images()),
                () -> true);
    }

    private void check(String to) {
        var address = ADDRESS.matcher(to);
        if (!address.matches()) {
            throw new IllegalArgumentException("to: " + to + " (expected: one address, ana@example.com for instance)");
        }
        if (!domains.contains(address.group(1).toLowerCase(Locale.ROOT))) {
            throw new NotAllowed("to: " + to + " (expected: an address of "
                    + (domains.isEmpty()
                            ? "a domain in stagecoach.outreach.mails.test-domains, which is empty"
                            : String.join(", ", domains))
                    + ")");
        }
    }

    private static Contact reader(Campaign campaign, Account account) {
        return Recipients.of(campaign.audience(), account.contacts()).people().stream()
                .map(Person::contact)
                .findFirst()
                .orElseGet(() -> new Contact("reader", "Ada Reader", "ada@example.com", campaign.audience(), null));
    }
}
