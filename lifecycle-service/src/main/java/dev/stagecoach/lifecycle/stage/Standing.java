package dev.stagecoach.lifecycle.stage;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Stage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where an account stands by the rules, whatever a person may have set by hand.
 *
 * @param stage null before Prospect
 * @param startedOn the close date of the contract that began the relationship; null before there was one
 * @param beforeChurn where it stood before the churn that a person recorded; null unless that is why it is Churned
 */
public record Standing(
        @Nullable Stage stage,
        @Nullable LocalDate startedOn,
        @Nullable Standing beforeChurn) {
    public static final Standing NONE = new Standing(null, null);

    public Standing(@Nullable Stage stage, @Nullable LocalDate startedOn) {
        this(stage, startedOn, null);
    }

    /** Whether the account has a running contract, by the rules. */
    public boolean isCustomer() {
        return stage != null && stage != Stage.PROSPECT && stage != Stage.CHURNED;
    }

    /**
     * The standing from which the rules go on. A recorded churn that does not hold any more, because it was taken back, has not
     * been; unless a contract closed later than all that the account had, which starts anew.
     */
    public Standing resumed(AccountFacts facts, LocalDate today) {
        LocalDate closedOn = facts.contractClosedOn();
        if (beforeChurn == null || closedOn == null || closedOn.isAfter(today) || hasLeft(facts, today)) {
            return this;
        }
        boolean isNewContract = startedOn != null && closedOn.isAfter(startedOn);
        return isNewContract ? this : beforeChurn;
    }

    /** Whether a recorded churn holds. A contract that closed after it is a new one. */
    static boolean hasLeft(AccountFacts facts, LocalDate today) {
        LocalDate churnedOn = facts.churnedOn();
        LocalDate closedOn = facts.contractClosedOn();
        return churnedOn != null && !churnedOn.isAfter(today) && closedOn != null && !closedOn.isAfter(churnedOn);
    }

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

    /** Where the account stands once the rules gave a verdict on a day. */
    public Standing after(StageVerdict verdict, AccountFacts facts, LocalDate today) {
        Standing from = resumed(facts, today);
        LocalDate closedOn = facts.contractClosedOn();
        if (verdict.stage() != Stage.CHURNED) {
            return new Standing(verdict.stage(), from.startGiven(closedOn));
        }
        return new Standing(Stage.CHURNED, from.lastClose(closedOn, today), from.keptThrough(verdict.clause()));
    }

    private @Nullable Standing keptThrough(Clause clause) {
        return switch (clause) {
            case CHURN_RECORDED -> beforeChurn == null ? this : beforeChurn;
            case FACTS_INCOMPLETE -> beforeChurn;
            default -> null;
        };
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
