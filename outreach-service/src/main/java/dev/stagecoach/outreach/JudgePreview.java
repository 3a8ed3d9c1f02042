package dev.stagecoach.outreach;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Role;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Occasion;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.delivery.Decisions;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.Enrolment;
import dev.stagecoach.outreach.delivery.Moment;
import dev.stagecoach.outreach.delivery.Occurrence;
import dev.stagecoach.outreach.delivery.Programme;
import dev.stagecoach.outreach.delivery.Reasons;
import dev.stagecoach.outreach.recipients.Person;
import dev.stagecoach.outreach.recipients.Recipients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who at an account would get a campaign if what triggers it happened now, and who would not and why. The rules that decide in
 * earnest decide here too, on an occasion that is only imagined; nothing is kept.
 */
public final class JudgePreview {
    /** Any trigger that needs no date and no stage: the campaign is started by it for the time of the preview. */
    private static final Trigger IMAGINED = new Trigger.MilestoneReached("instance-silent");

    private final Campaigns campaigns;
    private final Programme programme;

    public JudgePreview(Campaigns campaigns, Programme programme) {
        this.campaigns = campaigns;
        this.programme = programme;
    }

    /**
     * What is known about an account now.
     *
     * @param now the time of its partition
     * @param against why a contact, by id, gets nothing of the campaign's kind: unsubscribed or a bounced address
     */
    public record Standing(Enrolment enrolment, Instant now, Map<String, String> against) {
        public Standing {
            against = Map.copyOf(against);
        }
    }

    /**
     * What would happen at an account.
     *
     * @param gets whether anybody there would get it
     * @param whyNot why the account would not; empty when the rules are met
     * @param missingRoles roles of the audience that nobody holds
     * @param running where the campaign runs for the account: mails are to come, or somebody may still join
     */
    public record Judged(
            String account,
            boolean gets,
            List<String> whyNot,
            List<Reader> recipients,
            List<Role> missingRoles,
            List<Run> running) {}

    /**
     * Somebody in the audience.
     *
     * @param dueAt when the first mail would be sent; null when none would
     * @param waitsBecause why not at once
     * @param held whether a person must release it
     * @param whyNot why this person would not get it; null otherwise
     */
    public record Reader(
            String contact,
            List<Role> roles,
            @Nullable Instant dueAt,
            @Nullable String waitsBecause,
            boolean held,
            @Nullable String whyNot) {}

    /**
     * Where the campaign is under way.
     *
     * @param version that it began with, and goes on with
     * @param older whether that is not the version in force
     * @param toCome mails that are planned
     */
    public record Run(String occurrence, int version, boolean older, Instant openedAt, long toCome) {}

    /** What the campaign would do at this account now. */
    public Judged judge(Campaign campaign, Standing standing) {
        Account account = standing.enrolment().account();
        List<String> whyNot = new ArrayList<>(PreviewCampaign.whyNot(campaign, account));
        ranBefore(campaign, standing.enrolment()).ifPresent(whyNot::add);
        List<Delivery> decided = whyNot.isEmpty() ? decide(campaign, standing) : List.of();
        decided.stream()
                .filter(delivery -> delivery.recipient().equals("occurrence"))
                .map(Delivery::reason)
                .forEach(whyNot::add);
        Recipients recipients = Recipients.of(campaign.audience(), account.contacts());
        if (whyNot.isEmpty() && recipients.people().isEmpty()) {
            whyNot.add(Reasons.NO_CONTACT_FOR_ROLE + ": nobody holds a role of the audience");
        }
        List<Reader> readers = recipients.people().stream()
                .map(person -> reader(campaign, person, decided, standing.against()))
                .toList();
        return new Judged(
                account.id(),
                whyNot.isEmpty() && readers.stream().anyMatch(reader -> reader.whyNot() == null),
                whyNot,
                readers,
                recipients.missing(),
                runs(campaign, standing));
    }

    private List<Delivery> decide(Campaign campaign, Standing standing) {
        Instant now = standing.now();
        Campaign imagined = campaign.startedBy(IMAGINED);
        Occasion occasion = new Occasion("preview", IMAGINED, now, now);
        Decisions decisions = programme
                .forCampaigns(campaigns.with(imagined))
                .decide(standing.enrolment().with(occasion), new Moment(now, null));
        Set<String> before = Set.copyOf(
                standing.enrolment().occurrences().stream().map(Occurrence::key).toList());
        return decisions.added().stream()
                .filter(delivery -> delivery.campaign().equals(campaign.id()))
                .filter(delivery -> !before.contains(delivery.occurrence()))
                .toList();
    }

    /** What starts once in a contract does not start again. */
    private static Optional<String> ranBefore(Campaign campaign, Enrolment enrolment) {
        boolean once = campaign.trigger() instanceof Trigger.StageEntered
                || campaign.trigger() instanceof Trigger.MilestoneReached
                || campaign.trigger() instanceof Trigger.DayAfterClose;
        Instant contract = enrolment.account().onboardingSince();
        return enrolment.occurrences().stream()
                .filter(occurrence -> once && occurrence.series().equals(campaign.series()))
                .filter(occurrence -> contract == null || !occurrence.openedAt().isBefore(contract))
                .findFirst()
                .map(occurrence -> "started already: " + occurrence.key());
    }

    private static Reader reader(
            Campaign campaign, Person person, List<Delivery> decided, Map<String, String> against) {
        Contact contact = person.contact();
        List<Role> roles =
                contact.roles().stream().filter(campaign.audience()::contains).toList();
        String whyNot = person.contactIds().stream()
                .filter(against::containsKey)
                .sorted()
                .findFirst()
                .map(against::get)
                .orElse(null);
        Optional<Delivery> first = decided.stream()
                .filter(delivery -> contact.id().equals(delivery.contact()))
                .findFirst();
        if (whyNot != null || first.isEmpty()) {
            return new Reader(contact.id(), roles, null, null, false, whyNot);
        }
        Delivery mail = first.get();
        return mail.isPlanned()
                ? new Reader(contact.id(), roles, mail.dueAt(), mail.waitsBecause(), mail.held(), null)
                : new Reader(contact.id(), roles, null, null, false, mail.reason());
    }

    private List<Run> runs(Campaign campaign, Standing standing) {
        Enrolment enrolment = standing.enrolment();
        return enrolment.occurrences().stream()
                .filter(occurrence -> occurrence.campaign().equals(campaign.id()))
                .filter(occurrence -> !programme.isOver(occurrence, enrolment, standing.now()))
                .map(occurrence -> new Run(
                        occurrence.key(),
                        occurrence.version(),
                        occurrence.version() != campaign.version(),
                        occurrence.openedAt(),
                        enrolment.deliveries().stream()
                                .filter(delivery -> delivery.occurrence().equals(occurrence.key()))
                                .filter(delivery -> delivery.state().isPending())
                                .count()))
                .toList();
    }
}
