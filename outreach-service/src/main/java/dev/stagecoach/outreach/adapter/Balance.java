package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.delivery.DeliveryState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Nobody gets lost ({@code docs/architecture.md}, 4): eligible = sent + suppressed + failed + bounced + unknown + pending.
 *
 * @param eligible mails that were decided on, counted when they were
 * @param byState mails that the ledger has; pending are those planned and being sent
 */
record Balance(long eligible, Map<DeliveryState, Long> byState) {
    static final Balance NONE = new Balance(0, Map.of());

    private static final Set<DeliveryState> ENDS = EnumSet.of(
            DeliveryState.SENT,
            DeliveryState.SUPPRESSED,
            DeliveryState.BOUNCED,
            DeliveryState.FAILED,
            DeliveryState.UNKNOWN);

    /** Eligible without an entry in the ledger: 0, or something went wrong. */
    long missing() {
        return eligible - byState.values().stream().mapToLong(Long::longValue).sum();
    }

    long of(DeliveryState state) {
        return byState.getOrDefault(state, 0L);
    }

    static Balance read(DataSource database) {
        return sum(byCampaign(database).values());
    }

    /** Of each campaign that ever ran. */
    static Map<String, Balance> byCampaign(DataSource database) {
        return Jdbc.inTransaction(database, transaction -> {
            Jdbc.update(transaction, "set transaction isolation level repeatable read, read only");
            // One snapshot for both sums.
            Map<String, Balance> balances = new TreeMap<>();
            Jdbc.query(
                    transaction,
                    "select campaign, sum(eligible) eligible from occurrence group by campaign",
                    row -> balances.put(
                            row.getString("campaign"),
                            new Balance(row.getLong("eligible"), new EnumMap<>(DeliveryState.class))));
            Jdbc.query(
                    transaction,
                    "select campaign, state, count(*) mails from delivery group by campaign, state",
                    row -> balances.computeIfAbsent(
                                    row.getString("campaign"),
                                    none -> new Balance(0, new EnumMap<>(DeliveryState.class)))
                            .byState()
                            .put(DeliveryState.of(row.getString("state")), row.getLong("mails")));
            return balances;
        });
    }

    /** Of all of them. */
    static Balance sum(Collection<Balance> balances) {
        long eligible = balances.stream().mapToLong(Balance::eligible).sum();
        Map<DeliveryState, Long> byState = new EnumMap<>(DeliveryState.class);
        balances.forEach(
                balance -> balance.byState().forEach((state, mails) -> byState.merge(state, mails, Long::sum)));
        return new Balance(eligible, byState);
    }

    /** Not yet at an end. */
    long pending() {
        return byState.entrySet().stream()
                .filter(entry -> !ENDS.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
