package dev.stagecoach.outreach;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Product;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.mail.Mail;
import dev.stagecoach.outreach.recipients.Person;
import dev.stagecoach.outreach.recipients.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Shows the mails of a campaign as they would look now. Decides and sends nothing; who would get them says {@link JudgePreview}. */
public final class PreviewCampaign {
    private final ComposeMail composer;

    /**
     * Writes previews.
     *
     * @param composer whose links lead nowhere
     */
    public PreviewCampaign(ComposeMail composer) {
        this.composer = composer;
    }

    /** A mail as it would look. */
    public record Page(
            String contact, String step, Duration after, String subject, String preheader, String text, String html) {}

    /** The mails of the campaign for this account as they would be now, one for each person and step. */
    public List<Page> pages(Campaign campaign, Account account) {
        List<Page> pages = new ArrayList<>();
        for (Person person :
                Recipients.of(campaign.audience(), account.contacts()).people()) {
            for (Step step : campaign.steps()) {
                pages.add(page(campaign, step, account, person.contact()));
            }
        }
        return pages;
    }

    static List<String> whyNot(Campaign campaign, Account account) {
        List<String> reasons = new ArrayList<>();
        if (account.facts() == null) {
            reasons.add("nothing is known about the account");
        } else {
            if (!campaign.segments().contains(account.facts().segment())) {
                reasons.add("segment: " + account.facts().segment().wireName() + " accounts do not get it");
            }
            if (!campaign.isFor(campaign.segments().iterator().next(), account.products())) {
                reasons.add("products: " + names(account) + " (expected: "
                        + campaign.products().stream()
                                .map(Product::wireName)
                                .sorted()
                                .collect(Collectors.joining(" and "))
                        + ")");
            }
        }
        if (account.stage() != null && campaign.stopOn().contains(account.stage())) {
            reasons.add("stage: it ends in " + account.stage().wireName());
        }
        return reasons;
    }

    private static String names(Account account) {
        return account.products().isEmpty()
                ? "none"
                : account.products().stream().map(Product::wireName).collect(Collectors.joining(" and "));
    }

    private Page page(Campaign campaign, Step step, Account account, Contact contact) {
        Mail mail = mail(campaign, step, account, contact);
        return new Page(
                contact.id(),
                step.step(),
                step.after(),
                mail.subject(),
                composer.inbox(step, contact).preheader(),
                mail.text(),
                mail.pageHtml());
    }

    /** One mail, with links that do nothing. */
    Mail mail(Campaign campaign, Step step, Account account, Contact contact) {
        return composer.compose(campaign, step, imagined(campaign, step, account, contact), account, contact);
    }

    private static Delivery imagined(Campaign campaign, Step step, Account account, Contact contact) {
        String occurrence = campaign.id() + "/" + account.id() + "/preview";
        return new Delivery(
                Delivery.idOf(occurrence, step.step(), contact.id()),
                account.id(),
                account.partition(),
                campaign.id(),
                occurrence,
                step.step(),
                contact.id(),
                contact.id(),
                null,
                DeliveryState.PLANNED,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null);
    }
}
