package dev.stagecoach.lifecycle.stage;

import dev.stagecoach.events.Stage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where an account stands by the rules, whatever a person may have set by hand.
 *
 * @param stage null before Prospect
 * @param startedOn the close date of the contract that began the relationship; null before there was one
 */
public record Standing(@Nullable Stage stage, @Nullable LocalDate startedOn) {
    public static final Standing NONE = new Standing(null, null);

    /**
     * The start of the relationship as the facts now tell it. While the account is new, the close date may still be corrected.
     * Later, a later date is a renewal's and starts nothing anew, except after churn.
     */
    public @Nullable LocalDate startGiven(@Nullable LocalDate closedOn) {
        if (closedOn == null || startedOn == null) {
            return closedOn == null ? startedOn : closedOn;
        }
        if (stage == null || stage == Stage.PROSPECT || stage == Stage.ONBOARDING) {
            return closedOn;
        }
        boolean startsAnew = stage == Stage.CHURNED && closedOn.isAfter(startedOn);
        return startsAnew || closedOn.isBefore(startedOn) ? closedOn : startedOn;
    }

    /** Where the account stands once the rules gave a stage on a day. */
    public Standing after(@Nullable Stage byRule, @Nullable LocalDate closedOn, LocalDate today) {
        return new Standing(byRule, byRule == Stage.CHURNED ? lastClose(closedOn, today) : startGiven(closedOn));
    }

    /** To come back, a churned account needs a contract later than all that it had; the last one may be a renewal's. */
    @Nullable LocalDate lastClose(@Nullable LocalDate closedOn, LocalDate today) {
        boolean isLater =
                closedOn != null && !closedOn.isAfter(today) && (startedOn == null || closedOn.isAfter(startedOn));
        return isLater ? closedOn : startedOn;
    }

    /** Whether Onboarding can still be ahead of or around the account; it never comes twice in one relationship. */
    boolean mayOnboard(@Nullable LocalDate start) {
        if (stage == null || stage == Stage.PROSPECT || stage == Stage.ONBOARDING) {
            return true;
        }
        return stage == Stage.CHURNED && start != null && startedOn != null && start.isAfter(startedOn);
    }
}
