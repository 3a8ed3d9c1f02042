package dev.stagecoach.outreach.campaign;

import dev.stagecoach.events.Product;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One campaign of the e-mail programme ({@code docs/rules.md}), as its file says.
 *
 * @param version counts up when the file changes; recorded with each occurrence
 * @param series campaigns of one series are variants: one occasion starts one of them at most
 * @param kind what readers opt out of
 * @param segments accounts that get it
 * @param products exactly what the account has bought; empty: whatever it has bought
 * @param audience roles that get it; each needs a contact
 * @param horizon an occasion that is older when it becomes known starts nothing
 * @param joinUntil how long a contact who comes later still gets what is current
 * @param stopOn stages that end it; mails that are not sent yet are suppressed
 * @param coolDown for so long after it started it does not start again; null: as often as there is an occasion
 * @param priority 1 is the highest, 9 the lowest: who goes first when several are due to one person
 * @param capClass whether its mails count towards how many one person gets
 * @param needsApproval whether each mail waits for a person to release it
 * @param steps in order of time
 */
public record Campaign(
        String id,
        int version,
        String series,
        Kind kind,
        Trigger trigger,
        Set<Segment> segments,
        Set<Product> products,
        Set<Role> audience,
        Duration horizon,
        JoinUntil joinUntil,
        Set<Stage> stopOn,
        @Nullable Duration coolDown,
        int priority,
        CapClass capClass,
        boolean needsApproval,
        List<Step> steps) {
    private static final int LOWEST_PRIORITY = 9;

    public Campaign {
        segments = Set.copyOf(segments);
        products = Set.copyOf(products);
        audience = Set.copyOf(audience);
        stopOn = Set.copyOf(stopOn);
        steps = List.copyOf(steps);
        if (id.isBlank() || !id.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("id: " + id + " (expected: lower-case letters, digits and dashes)");
        }
        if (audience.isEmpty()) {
            throw new IllegalArgumentException("audience: empty (expected: at least one role)");
        }
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("segments: empty (expected: at least one segment)");
        }
        if (priority < 1 || priority > LOWEST_PRIORITY) {
            throw new IllegalArgumentException("priority: " + priority + " (expected: 1, the highest, to 9)");
        }
        if (version < 1) {
            throw new IllegalArgumentException("version: " + version + " (expected: >= 1)");
        }
        if (horizon.isNegative()) {
            throw new IllegalArgumentException("horizon: " + horizon + " (expected: not negative)");
        }
        if (coolDown != null && (coolDown.isNegative() || coolDown.isZero())) {
            throw new IllegalArgumentException("cool-down: " + coolDown + " (expected: a duration, P30D for instance)");
        }
        checkSteps(steps);
    }

    /** This campaign in this version. */
    public CampaignRef ref() {
        return new CampaignRef(id, version);
    }

    private static void checkSteps(List<Step> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps: empty (expected: at least one step)");
        }
        Set<String> names = new HashSet<>();
        Duration previous = Duration.ZERO;
        for (Step step : steps) {
            if (!names.add(step.step())) {
                throw new IllegalArgumentException("steps: " + step.step() + " stands there twice");
            }
            if (step.after().compareTo(previous) < 0) {
                throw new IllegalArgumentException("steps: " + step.step() + " comes after a later one");
            }
            previous = step.after();
        }
    }

    /** The same campaign with templates of other names. */
    public Campaign withTemplates(UnaryOperator<String> name) {
        return new Campaign(
                id,
                version,
                series,
                kind,
                trigger,
                segments,
                products,
                audience,
                horizon,
                joinUntil,
                stopOn,
                coolDown,
                priority,
                capClass,
                needsApproval,
                steps.stream().map(step -> step.withTemplate(name)).toList());
    }

    /** The same, started by something else. */
    public Campaign startedBy(Trigger another) {
        return new Campaign(
                id,
                version,
                series,
                kind,
                another,
                segments,
                products,
                audience,
                horizon,
                joinUntil,
                stopOn,
                coolDown,
                priority,
                capClass,
                needsApproval,
                steps);
    }

    public Optional<Step> step(String name) {
        return steps.stream().filter(step -> step.step().equals(name)).findFirst();
    }

    /** Whether the campaign is for accounts of this segment that bought this. */
    public boolean isFor(Segment segment, Set<Product> bought) {
        return segments.contains(segment) && (products.isEmpty() || products.equals(bought));
    }

    /**
     * Until when a newcomer joins: while the account is in the stage, or this long after the trigger, whichever is longer.
     */
    public record JoinUntil(
            @Nullable Stage whileStage, @Nullable Duration within) {
        public JoinUntil {
            if (whileStage == null && within == null) {
                throw new IllegalArgumentException("join-until: empty (expected: while-stage, within or both)");
            }
        }
    }
}
