package dev.stagecoach.lifecycle.journey;

import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.stage.Standing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been decided about an account so far: all that the next decision needs to know of the earlier ones.
 *
 * @param stage the stage everyone sees: by the rules, or by hand
 * @param since the day on which it began
 * @param byRule the stage by the rules alone
 * @param startedOn the close date that began the relationship
 * @param changes how many stage changes there have been; numbers the next one
 * @param utilization whether the utilization target is held
 * @param usage whether the usage target is held
 * @param firstPing whether the first ping has been told
 * @param silences by instance, the last ping before a silence that has been told
 * @param health how healthy it is, while it is a customer
 * @param beforeChurn where it stood by the rules before a churn that a person recorded; null unless that is why it is Churned
 */
public record Journey(
        @Nullable Stage stage,
        @Nullable LocalDate since,
        @Nullable Stage byRule,
        @Nullable LocalDate startedOn,
        int changes,
        Target utilization,
        Target usage,
        boolean firstPing,
        Map<String, Instant> silences,
        HealthStanding health,
        @Nullable Standing beforeChurn) {
    public static final Journey NONE = new Journey(
            null,
            null,
            null,
            null,
            0,
            Target.NEVER_HELD,
            Target.NEVER_HELD,
            false,
            Map.of(),
            HealthStanding.NONE,
            null);

    public Journey {
        silences = Map.copyOf(silences);
        // A journey that was kept before health was computed has none.
        health = health == null ? HealthStanding.NONE : health;
    }

    /** Whether the account has a running contract, by the rules. */
    public boolean isCustomer() {
        return standing().isCustomer();
    }

    /** Where the account stands by the rules. */
    public Standing standing() {
        return new Standing(byRule, startedOn, beforeChurn);
    }

    /**
     * A usage target.
     *
     * @param crossings how often it was reached or lost; numbers the next crossing
     */
    public record Target(boolean held, int crossings) {
        static final Target NEVER_HELD = new Target(false, 0);

        Target released() {
            return new Target(false, crossings);
        }

        Target crossed() {
            return new Target(!held, crossings + 1);
        }
    }

    Journey standing(Standing standing) {
        return new Journey(
                stage,
                since,
                standing.stage(),
                standing.startedOn(),
                changes,
                utilization,
                usage,
                firstPing,
                silences,
                health,
                standing.beforeChurn());
    }

    Journey enters(@Nullable Stage newStage, LocalDate on) {
        return new Journey(
                newStage,
                on,
                byRule,
                startedOn,
                changes + 1,
                utilization,
                usage,
                firstPing,
                silences,
                health,
                beforeChurn);
    }

    Journey withTargets(Target newUtilization, Target newUsage) {
        return new Journey(
                stage,
                since,
                byRule,
                startedOn,
                changes,
                newUtilization,
                newUsage,
                firstPing,
                silences,
                health,
                beforeChurn);
    }

    /** A new relationship holds no targets yet, without having lost any. */
    Journey startsAnew() {
        return withTargets(utilization.released(), usage.released());
    }

    Journey withFirstPing() {
        return new Journey(
                stage, since, byRule, startedOn, changes, utilization, usage, true, silences, health, beforeChurn);
    }

    Journey withSilence(String instance, Instant lastPingAt) {
        Map<String, Instant> told = new HashMap<>(silences);
        told.put(instance, lastPingAt);
        return new Journey(
                stage, since, byRule, startedOn, changes, utilization, usage, firstPing, told, health, beforeChurn);
    }

    Journey withHealth(HealthStanding newHealth) {
        return new Journey(
                stage,
                since,
                byRule,
                startedOn,
                changes,
                utilization,
                usage,
                firstPing,
                silences,
                newHealth,
                beforeChurn);
    }
}
