package dev.stagecoach.alerts.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * When what waits becomes a digest, and what goes into one.
 *
 * @param mostSingles the most waiting alerts that are posted one by one, at least 1
 */
public record Burst(int mostSingles) {
    private static final int MOST_COUNTED = 10_000;

    /** A burst is more than the spacing between messages lets through in a time. */
    public static Burst of(Duration clearedIn, Duration spacing) {
        long messages = clearedIn.toMillis() / Math.max(1, spacing.toMillis());
        return new Burst((int) Math.max(1, Math.min(messages, MOST_COUNTED)));
    }

    /**
     * The accounts of one message: all alerts of an account that waits, the one whose first has waited longest first, as many
     * accounts as fit, and at least one.
     *
     * @param size how much of the room an account takes
     */
    public static List<AccountAlerts> fitting(List<Waiting> waiting, ToIntFunction<AccountAlerts> size, int room) {
        Map<String, List<Waiting>> byAccount = new LinkedHashMap<>();
        waiting.forEach(alert -> byAccount
                .computeIfAbsent(alert.account(), id -> new ArrayList<>())
                .add(alert));
        List<AccountAlerts> fitting = new ArrayList<>();
        int taken = 0;
        for (List<Waiting> alerts : byAccount.values()) {
            AccountAlerts account = new AccountAlerts(alerts);
            taken += size.applyAsInt(account);
            if (taken > room && !fitting.isEmpty()) {
                break;
            }
            fitting.add(account);
        }
        return fitting;
    }
}
