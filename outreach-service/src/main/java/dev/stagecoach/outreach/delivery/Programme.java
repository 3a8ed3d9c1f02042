package dev.stagecoach.outreach.delivery;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Role;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.account.ToldFacts;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Occasion;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.recipients.Person;
import dev.stagecoach.outreach.recipients.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which mails an account gets ({@code docs/rules.md}, e-mail programme). It looks at the state as a whole rather than at the event that changed
 * it, so that neither the order of facts, contacts and stage nor a repetition makes a difference: deciding twice decides
 * nothing new.
 */
public final class Programme {
    private final Campaigns campaigns;
    private final SendingRules rules;
    private final Duration contactGrace;
    private final Timetable timetable;

    /**
     * Decides by these campaigns.
     *
     * @param rules when people may be written to, and how often
     * @param contactGrace how long to wait, in event time, for the first list of contacts of an account before its roles count
     *     as vacant: an account is created before its contacts are
     */
    public Programme(Campaigns campaigns, SendingRules rules, Duration contactGrace) {
        this.campaigns = campaigns;
        this.rules = rules;
        this.timetable = new Timetable(campaigns, new SendingTimes(rules));
        this.contactGrace = contactGrace;
    }

    /** The same rules for other campaigns. */
    public Programme forCampaigns(Campaigns others) {
        return new Programme(others, rules, contactGrace);
    }

    /** What to open, plan, suppress and take back now. */
    public Decisions decide(Enrolment enrolment, Moment moment) {
        Draft draft = new Draft(enrolment);
        endWhatMustStop(draft, moment);
        openWhatStarts(draft, moment);
        for (Occurrence occurrence : draft.running()) {
            campaigns.of(occurrence.ref()).ifPresent(campaign -> {
                planFor(draft, campaign, occurrence, moment);
                withdrawDuplicates(draft, occurrence, moment);
            });
        }
        timetable.arrange(draft, moment);
        return draft.decisions(nextDue(draft, moment));
    }

    private void endWhatMustStop(Draft draft, Moment moment) {
        for (Occurrence occurrence : draft.running()) {
            campaigns
                    .of(occurrence.ref())
                    .flatMap(campaign -> whyStopped(campaign, draft.account()))
                    .ifPresent(why -> {
                        draft.change(occurrence.ended(why));
                        draft.planned(occurrence).forEach(delivery -> draft.change(delivery.suppressed(why, moment)));
                    });
        }
    }

    private static Optional<String> whyStopped(Campaign campaign, Account account) {
        if (account.stage() != null && campaign.stopOn().contains(account.stage())) {
            return Optional.of(Reasons.stopped(account.stage()));
        }
        if (account.facts() != null
                && !campaign.segments().contains(account.facts().segment())) {
            return Optional.of(Reasons.SEGMENT_CHANGED);
        }
        return Optional.empty();
    }

    private void openWhatStarts(Draft draft, Moment moment) {
        Account account = draft.account();
        if (account.facts() == null) {
            return;
        }
        for (Campaign campaign : campaigns.all()) {
            boolean wanted = campaign.isFor(account.facts().segment(), account.products())
                    && whyStopped(campaign, account).isEmpty();
            if (wanted) {
                occasions(draft, campaign, moment).forEach(occasion -> open(draft, campaign, occasion, moment));
            }
        }
    }

    private static Stream<Occasion> occasions(Draft draft, Campaign campaign, Moment moment) {
        if (campaign.trigger() instanceof Trigger.DayAfterClose trigger) {
            return dayOccasion(draft, campaign, trigger, moment).stream();
        }
        if (campaign.trigger() instanceof Trigger.Quarterly trigger) {
            return quarterOccasion(draft, campaign, trigger, moment).stream();
        }
        return draft.before().occasions().stream()
                .filter(occasion -> campaign.trigger().listensTo(occasion.trigger()))
                .filter(occasion -> counts(campaign.trigger(), occasion, draft.account()));
    }

    /** Usage is a customer's, and months count from a day after the start on. */
    private static boolean counts(Trigger trigger, Occasion occasion, Account account) {
        if (trigger instanceof Trigger.MonthClosed months) {
            return account.isCustomer()
                    && account.startedOn() != null
                    && dayOf(occasion.at()).isAfter(account.startedOn().plusDays(months.afterDay()));
        }
        return !(trigger instanceof Trigger.FeatureFirstUsed) || account.isCustomer();
    }

    /** The day itself up to the horizon, once per contract: a corrected date does not start the campaign again. */
    private static Optional<Occasion> dayOccasion(
            Draft draft, Campaign campaign, Trigger.DayAfterClose trigger, Moment moment) {
        Account account = draft.account();
        LocalDate start = account.startedOn();
        if (start == null || !account.isCustomer() || ranInThisContract(draft, campaign, occurrence -> true)) {
            return Optional.empty();
        }
        LocalDate day = start.plusDays(trigger.day());
        if (!isCurrent(day, campaign, moment)) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("day", trigger.day());
        account.latestRecap().ifPresent(recap -> facts.put("recap", ToldFacts.recap(account, recap)));
        return Optional.of(new Occasion(trigger + "@" + start, trigger, moment.now(), moment.now(), facts));
    }

    /** The latest of the dates, once per contract and number. */
    private static Optional<Occasion> quarterOccasion(
            Draft draft, Campaign campaign, Trigger.Quarterly trigger, Moment moment) {
        Account account = draft.account();
        LocalDate start = account.startedOn();
        if (start == null || !account.isCustomer() || moment.today().isBefore(trigger.date(start, 1))) {
            return Optional.empty();
        }
        int number = 1;
        while (!trigger.date(start, number + 1).isAfter(moment.today())) {
            number++;
        }
        Map<String, @Nullable Object> facts = Map.of("quarter", Map.of("number", number));
        boolean ran = ranInThisContract(
                draft, campaign, occurrence -> Objects.equals(occurrence.facts().get("quarter"), facts.get("quarter")));
        if (ran || !isCurrent(trigger.date(start, number), campaign, moment)) {
            return Optional.empty();
        }
        String id = trigger + "@" + start + "#" + number;
        return Optional.of(new Occasion(id, trigger, moment.now(), moment.now(), facts));
    }

    private static boolean isCurrent(LocalDate day, Campaign campaign, Moment moment) {
        LocalDate lastDay = day.plusDays(campaign.horizon().toDays());
        return !moment.today().isBefore(day) && !moment.today().isAfter(lastDay);
    }

    private static boolean ranInThisContract(Draft draft, Campaign campaign, Predicate<Occurrence> same) {
        Instant start = draft.account().onboardingSince();
        return draft.occurrences().stream()
                .filter(occurrence -> occurrence.series().equals(campaign.series()))
                .filter(same)
                .anyMatch(occurrence -> start == null || !occurrence.openedAt().isBefore(start));
    }

    private static void open(Draft draft, Campaign campaign, Occasion occasion, Moment moment) {
        String key = keyOf(campaign, draft.account(), occasion);
        boolean started = draft.occurrences().stream()
                .anyMatch(other -> other.key().equals(key)
                        || (other.series().equals(campaign.series())
                                && other.occasion().equals(occasion.id())));
        if (started) {
            return;
        }
        Occurrence occurrence =
                Occurrence.open(key, draft.account().id(), campaign, occasion, facts(draft, occasion), moment);
        if (occasion.cameTooLate(campaign.horizon())) {
            leaveOut(draft, campaign, occurrence, Reasons.TOO_LATE, moment);
        } else if (occasion.isPast(campaign.horizon(), moment.now())) {
            return;
        } else if (isCoolingDown(draft, campaign, occasion)) {
            leaveOut(draft, campaign, occurrence, Reasons.COOL_DOWN, moment);
        } else {
            draft.change(occurrence);
        }
    }

    /** Nothing is sent, and the ledger says why. */
    private static void leaveOut(Draft draft, Campaign campaign, Occurrence occurrence, String why, Moment moment) {
        draft.change(occurrence.judged().ended(why));
        draft.add(withoutContact(draft, campaign, occurrence, "occurrence", why, moment));
    }

    /** From the last one on that was not left out itself. */
    private static boolean isCoolingDown(Draft draft, Campaign campaign, Occasion occasion) {
        Duration coolDown = campaign.coolDown();
        return coolDown != null
                && draft.occurrences().stream()
                        .filter(other -> other.series().equals(campaign.series()))
                        .filter(other -> !Reasons.COOL_DOWN.equals(other.endedBecause())
                                && !Reasons.TOO_LATE.equals(other.endedBecause()))
                        .anyMatch(other -> other.triggeredAt().plus(coolDown).isAfter(occasion.at()));
    }

    /** What was told, and how the account was using the product then. */
    private static Map<String, @Nullable Object> facts(Draft draft, Occasion occasion) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(occasion.facts());
        if (draft.account().usage() != null) {
            facts.put("usage", ToldFacts.usage(draft.account().usage()));
        }
        return facts;
    }

    /** Visible and the same for the same occasion: {@code admin-onboarding/acme/2025-02-03}. */
    private static String keyOf(Campaign campaign, Account account, Occasion occasion) {
        return campaign.id() + "/" + account.id() + "/" + nameOf(occasion, account);
    }

    private static String nameOf(Occasion occasion, Account account) {
        Trigger happened = occasion.trigger();
        if (happened instanceof Trigger.MilestoneReached milestone) {
            return milestone.milestone();
        }
        if (happened instanceof Trigger.MonthClosed) {
            return YearMonth.from(dayOf(occasion.at())).minusMonths(1).toString();
        }
        if (happened instanceof Trigger.HealthBecame) {
            return occasion.at().truncatedTo(ChronoUnit.SECONDS).toString();
        }
        if (happened instanceof Trigger.FeatureFirstUsed used) {
            return pathOf(used.feature());
        }
        if (happened instanceof Trigger.DayAfterClose) {
            return String.valueOf(account.startedOn());
        }
        if (happened instanceof Trigger.Quarterly) {
            return account.startedOn() + "/"
                    + occasion.id().substring(occasion.id().indexOf('#') + 1);
        }
        return account.contractClosedOn().orElseGet(() -> dayOf(occasion.at())).toString();
    }

    /** Keys stand in headers and paths: a feature whose name does not fit there gets one that does, and stays itself. */
    private static String pathOf(String feature) {
        return feature.matches("[A-Za-z0-9._-]{1,64}") ? feature : DecisionId.of("feature", feature);
    }

    private static LocalDate dayOf(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private void planFor(Draft draft, Campaign campaign, Occurrence occurrence, Moment moment) {
        Recipients recipients =
                Recipients.of(campaign.audience(), draft.account().contacts());
        List<Step> steps = currentSteps(campaign, occurrence, draft.account(), moment);
        readdress(draft, occurrence, recipients);
        for (Person person : recipients.people()) {
            for (Step step : steps) {
                if (!draft.isDecided(occurrence, step, person)) {
                    draft.add(planned(draft, campaign, occurrence, step, person, moment));
                }
            }
        }
        if (!occurrence.rolesJudged() && rolesCount(draft.account(), occurrence, moment)) {
            for (Role role : recipients.missing()) {
                draft.add(withoutContact(
                        draft, campaign, occurrence, "role:" + role.wireName(), Reasons.noContactFor(role), moment));
            }
            draft.change(occurrence.judged());
        }
    }

    private boolean rolesCount(Account account, Occurrence occurrence, Moment moment) {
        return account.contactsAt() != null
                || !moment.now().isBefore(occurrence.openedAt().plus(contactGrace));
    }

    /**
     * Steps to come, and the latest that was due: what a contact who joins now gets. Nothing once joining has ended.
     */
    private static List<Step> currentSteps(Campaign campaign, Occurrence occurrence, Account account, Moment moment) {
        List<Step> toCome = new ArrayList<>();
        Step latest = null;
        for (Step step : campaign.steps()) {
            if (step.dueAfter(occurrence.triggeredAt()).isAfter(moment.now())) {
                toCome.add(step);
            } else {
                latest = step;
            }
        }
        if (latest != null && (!toCome.isEmpty() || mayStillJoin(campaign, occurrence, account, moment))) {
            toCome.add(0, latest);
        }
        return toCome;
    }

    /** Whether nothing more can come of an occurrence: it was ended, or all its mails are at an end and nobody can join. */
    public boolean isOver(Occurrence occurrence, Enrolment enrolment, Instant now) {
        if (!occurrence.isRunning()) {
            return true;
        }
        boolean toCome = enrolment.deliveries().stream()
                .filter(delivery -> delivery.occurrence().equals(occurrence.key()))
                .anyMatch(delivery -> delivery.state().isPending());
        return !toCome
                && campaigns
                        .of(occurrence.ref())
                        .filter(campaign ->
                                mayStillJoin(campaign, occurrence, enrolment.account(), new Moment(now, null)))
                        .isEmpty();
    }

    private static boolean mayStillJoin(Campaign campaign, Occurrence occurrence, Account account, Moment moment) {
        Campaign.JoinUntil until = campaign.joinUntil();
        boolean inStage = until.whileStage() != null && until.whileStage() == account.stage();
        return inStage
                || (until.within() != null
                        && !moment.now().isAfter(occurrence.triggeredAt().plus(until.within())));
    }

    private static Delivery planned(
            Draft draft, Campaign campaign, Occurrence occurrence, Step step, Person person, Moment moment) {
        String contact = person.contact().id();
        return new Delivery(
                Delivery.idOf(occurrence.key(), step.step(), contact),
                draft.account().id(),
                draft.account().partition(),
                campaign.id(),
                occurrence.key(),
                step.step(),
                contact,
                contact,
                person.address(),
                DeliveryState.PLANNED,
                step.dueAfter(occurrence.triggeredAt()),
                moment.now(),
                null,
                moment.cause(),
                step.dueAfter(occurrence.triggeredAt()),
                campaign.needsApproval(),
                null);
    }

    private static Delivery withoutContact(
            Draft draft, Campaign campaign, Occurrence occurrence, String recipient, String why, Moment moment) {
        Step first = campaign.steps().get(0);
        return new Delivery(
                Delivery.idOf(occurrence.key(), first.step(), recipient),
                draft.account().id(),
                draft.account().partition(),
                campaign.id(),
                occurrence.key(),
                first.step(),
                null,
                recipient,
                null,
                DeliveryState.SUPPRESSED,
                first.dueAfter(occurrence.triggeredAt()),
                moment.now(),
                why,
                moment.cause());
    }

    /** Who lost the role meanwhile is found out when the mail is due: until then the role may come back. */
    private static void readdress(Draft draft, Occurrence occurrence, Recipients recipients) {
        for (Delivery delivery : draft.planned(occurrence)) {
            recipients.people().stream()
                    .filter(candidate -> candidate.isContact(delivery.recipient()))
                    .filter(candidate -> !candidate.address().equals(delivery.address()))
                    .forEach(candidate -> draft.change(delivery.readdressed(candidate.address())));
        }
    }

    /** Of two contacts that share an address by now, the first by id keeps its mail. */
    private static void withdrawDuplicates(Draft draft, Occurrence occurrence, Moment moment) {
        List<Delivery> planned = draft.planned(occurrence).stream()
                .sorted(Comparator.comparing(Delivery::recipient))
                .toList();
        for (Delivery delivery : planned) {
            boolean another = draft.deliveries().stream()
                    .filter(other -> other.occurrence().equals(delivery.occurrence()))
                    .filter(other ->
                            other.step().equals(delivery.step()) && !other.id().equals(delivery.id()))
                    .filter(other ->
                            delivery.address() != null && delivery.address().equals(other.address()))
                    .anyMatch(other -> other.state() != DeliveryState.SUPPRESSED
                            && !(other.isPlanned() && other.recipient().compareTo(delivery.recipient()) > 0));
            if (another) {
                draft.change(delivery.suppressed(Reasons.SAME_PERSON, moment));
            }
        }
    }

    private @Nullable Instant nextDue(Draft draft, Moment moment) {
        Stream<Instant> judging = draft.running().stream()
                .filter(occurrence -> !occurrence.rolesJudged())
                .map(occurrence -> occurrence.openedAt().plus(contactGrace));
        Stream<Instant> days = campaigns.all().stream().flatMap(campaign -> dayStart(draft, campaign, moment).stream());
        return Stream.concat(judging, days)
                .filter(due -> due.isAfter(moment.now()))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Optional<Instant> dayStart(Draft draft, Campaign campaign, Moment moment) {
        Account account = draft.account();
        LocalDate start = account.startedOn();
        if (account.facts() == null
                || start == null
                || !campaign.isFor(account.facts().segment(), account.products())) {
            return Optional.empty();
        }
        LocalDate day = null;
        if (campaign.trigger() instanceof Trigger.DayAfterClose trigger) {
            day = start.plusDays(trigger.day());
        } else if (campaign.trigger() instanceof Trigger.Quarterly trigger) {
            int number = 1;
            while (!trigger.date(start, number).isAfter(moment.today())) {
                number++;
            }
            day = trigger.date(start, number);
        }
        return Optional.ofNullable(day)
                .map(due -> due.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
