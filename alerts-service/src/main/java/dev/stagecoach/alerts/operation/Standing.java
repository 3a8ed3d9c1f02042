package dev.stagecoach.alerts.operation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a service says that it stands.
 *
 * @param silentBecause why it says nothing; null when it does
 * @param ready whether it says that it is; false when it says nothing
 * @param checks what it says
 */
public record Standing(String service, @Nullable String silentBecause, boolean ready, List<Check> checks) {
    public Standing {
        checks = List.copyOf(checks);
    }

    public static Standing silent(String service, String why) {
        return new Standing(service, why, false, List.of());
    }

    /**
     * A readiness check.
     *
     * @param data what it says by name, as text
     */
    public record Check(String name, boolean up, Map<String, String> data) {
        public Check {
            data = Map.copyOf(data);
        }

        /** Why it is not up, in its own words; else its name. */
        String why() {
            String problem = data.get("problem");
            return problem == null ? name : name + ": " + problem;
        }
    }

    public Optional<String> version() {
        return said("version");
    }

    /** Events and dead letters that are decided and not published yet. */
    public Optional<Long> unpublished() {
        return number("outboxRows");
    }

    /** How long the first of them has waited. */
    public Optional<Duration> unpublishedFor() {
        return number("outboxOldestSeconds").map(Duration::ofSeconds);
    }

    /** Something that any of its checks says. */
    public Optional<String> said(String name) {
        return checks.stream()
                .map(check -> check.data().get(name))
                .filter(value -> value != null)
                .findFirst();
    }

    Optional<Long> number(String name) {
        return said(name).filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong);
    }

    /** Checks that are not up. */
    public List<Check> down() {
        return checks.stream().filter(check -> !check.up()).toList();
    }
}
