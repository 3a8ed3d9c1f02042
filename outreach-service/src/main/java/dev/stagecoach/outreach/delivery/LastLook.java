package dev.stagecoach.outreach.delivery;

import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.CapClass;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Whether a person may be written to, asked again right before a mail is sent: since it was planned, the mail server may have been
 * away for a night, and the same person may have got mails in other accounts ({@code docs/rules.md}, e-mail programme).
 */
public final class LastLook {
    private final SendingTimes times;

    public LastLook(SendingRules rules) {
        this.times = new SendingTimes(rules);
    }

    /**
     * What becomes of a mail that is not to be sent now: it is due later and says why, or it is suppressed because it would wait for
     * too long. Empty when it is to be sent.
     *
     * @param at when it would be sent
     * @param zone the person's
     * @param others when mails that count went, or may have gone, to the same person
     */
    public Optional<Delivery> instead(
            Delivery delivery, Campaign campaign, Instant at, ZoneId zone, List<Instant> others) {
        List<LocalDate> taken =
                others.stream().map(other -> SendingTimes.dateOf(other, zone)).toList();
        SendingTimes.Slot slot = times.slot(at, zone, taken, campaign.capClass() == CapClass.COUNTED);
        if (!slot.due().isAfter(at)) {
            return Optional.empty();
        }
        if (slot.capped() && slot.due().isAfter(times.lastChance(delivery, campaign))) {
            return Optional.of(delivery.suppressed(Reasons.FREQUENCY_CAP, new Moment(at, delivery.cause())));
        }
        return Optional.of(delivery.dueAt(slot.due(), slot.why()));
    }
}
