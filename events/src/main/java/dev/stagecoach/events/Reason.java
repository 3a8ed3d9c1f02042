package dev.stagecoach.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a decision was made.
 *
 * @param clause the name of the clause that fired
 * @param inputs everything that was looked at
 * @param policyVersion the version of the policy in force
 */
public record Reason(
        String clause, List<Input> inputs, @Nullable NearestMiss nearestMiss, String policyVersion) {
    public Reason {
        Checks.notBlank("clause", clause);
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
        Checks.notBlank("policyVersion", policyVersion);
    }
}
