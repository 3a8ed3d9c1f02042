package dev.stagecoach.outreach;

import dev.stagecoach.events.Contact;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.CapClass;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.LastLook;
import dev.stagecoach.outreach.delivery.Reasons;
import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.Mail;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Hands one mail over and records what became of it. Whatever goes wrong with it costs only itself; in doubt it is not sent
 * again ({@code docs/architecture.md}, 4).
 */
public final class SendDueMail {
    private static final int MOST_ATTEMPTS = 16;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Campaigns campaigns;
    private final LastLook lastLook;
    private final ComposeMail composer;
    private final Mailbox mailbox;
    private final Deliveries deliveries;

    public SendDueMail(
            Campaigns campaigns, LastLook lastLook, ComposeMail composer, Mailbox mailbox, Deliveries deliveries) {
        this.campaigns = campaigns;
        this.lastLook = lastLook;
        this.composer = composer;
        this.mailbox = mailbox;
        this.deliveries = deliveries;
    }

    /** Why there is no point in trying the next mail now. */
    public record Trouble(String reason) {}

    /**
     * Hands the mail over, if nothing speaks against it by now, and records the result.
     *
     * @return empty unless the mail server cannot be reached
     */
    public Optional<Trouble> send(DueMail due) {
        Optional<Campaign> campaign = campaigns.of(due.campaign());
        Optional<Step> step =
                campaign.flatMap(found -> found.step(due.delivery().step()));
        if (campaign.isEmpty() || step.isEmpty()) {
            deliveries.record(due, DeliveryState.FAILED, null, "the campaign has no such step any more");
            return Optional.empty();
        }
        Optional<Contact> contact = due.contact()
                .filter(found -> found.roles().stream().anyMatch(campaign.get().audience()::contains));
        if (contact.isEmpty()) {
            deliveries.record(due, DeliveryState.SUPPRESSED, null, Reasons.CONTACT_REMOVED);
            return Optional.empty();
        }
        if (due.ended().isPresent()) {
            deliveries.record(due, DeliveryState.SUPPRESSED, null, due.ended().get());
            return Optional.empty();
        }
        if (due.optedOut()) {
            deliveries.record(due, DeliveryState.SUPPRESSED, null, Reasons.UNSUBSCRIBED);
            return Optional.empty();
        }
        Optional<Delivery> instead = instead(due, campaign.get(), contact.get());
        if (instead.isPresent()) {
            leave(due, instead.get());
            return Optional.empty();
        }
        return send(due, campaign.get(), step.get(), contact.get());
    }

    private Optional<Delivery> instead(DueMail due, Campaign campaign, Contact contact) {
        List<Instant> counted = due.others().stream()
                .filter(other -> campaigns
                        .of(other.campaign())
                        .map(of -> of.capClass() == CapClass.COUNTED)
                        .orElse(true))
                .map(DueMail.Other::at)
                .toList();
        return lastLook.instead(due.delivery(), campaign, due.goesAt(), zoneOf(due.account(), contact), counted);
    }

    private void leave(DueMail due, Delivery instead) {
        if (instead.state() == DeliveryState.SUPPRESSED) {
            deliveries.record(due, DeliveryState.SUPPRESSED, null, instead.reason());
        } else {
            deliveries.putOff(due, instead.dueAt(), instead.waitsBecause());
        }
    }

    private static ZoneId zoneOf(Account account, Contact contact) {
        if (contact.timezone() != null) {
            return contact.timezone();
        }
        return account.facts() == null ? ZoneOffset.UTC : account.facts().timezone();
    }

    private Optional<Trouble> send(DueMail due, Campaign campaign, Step step, Contact contact) {
        Delivery delivery = due.delivery();
        Mail mail;
        try {
            mail = composer.compose(campaign, step, delivery, due.account(), contact, due.facts());
        } catch (RuntimeException e) {
            deliveries.record(
                    due,
                    DeliveryState.FAILED,
                    null,
                    Reasons.inWordsOfOthers("the mail could not be written: " + e.getMessage()));
            return Optional.empty();
        }
        return record(due, mail, mailbox.send(mail, () -> deliveries.begin(due)));
    }

    private Optional<Trouble> record(DueMail due, Mail mail, Handover handover) {
        if (handover instanceof Handover.Accepted) {
            deliveries.record(due, DeliveryState.SENT, mail.messageId(), null);
        } else if (handover instanceof Handover.Refused refused) {
            deliveries.record(due, DeliveryState.FAILED, mail.messageId(), refused.reason());
        } else if (handover instanceof Handover.Doubtful doubtful) {
            deliveries.record(due, DeliveryState.UNKNOWN, mail.messageId(), doubtful.reason());
        } else if (handover instanceof Handover.Postponed postponed) {
            postpone(due, mail, postponed.reason());
        } else if (handover instanceof Handover.Withheld withheld) {
            deliveries.putBack(due, withheld.reason(), Duration.ZERO);
        } else if (handover instanceof Handover.Unreachable unreachable) {
            deliveries.putBehind(due, unreachable.reason());
            return Optional.of(new Trouble(unreachable.reason()));
        }
        return Optional.empty();
    }

    private void postpone(DueMail due, Mail mail, String reason) {
        if (due.attempts() + 1 >= MOST_ATTEMPTS) {
            deliveries.record(due, DeliveryState.FAILED, mail.messageId(), "postponed too often: " + reason);
        } else {
            deliveries.putBack(due, reason, pauseAfter(due.attempts()));
        }
    }

    /** Doubles from seconds to an hour: the last attempt is about half a day after the first. */
    static Duration pauseAfter(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
