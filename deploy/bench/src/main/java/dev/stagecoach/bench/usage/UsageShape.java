package dev.stagecoach.bench.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How much usage, by how many.
 *
 * @param seed the same seed makes the same usage
 * @param events how many usage events
 * @param accounts how many accounts, their sizes as unequal as those of cities
 * @param users how many users over all accounts, at least one each
 * @param from the first day, UTC
 * @param days how many days
 */
public record UsageShape(long seed, int events, int accounts, int users, LocalDate from, int days) {

    public UsageShape {
        require("events", events, 1);
        require("accounts", accounts, 1);
        require("users", users, accounts);
        require("days", days, 1);
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
        }
    }

    Instant start() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Instant end() {
        return from.plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
