package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Milestone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A handler that counts records per account in memory, as a service that saves itself SQL does, so that a memory kept too long shows
 * as a wrong total; writes a line per record; and decides something about each.
 */
final class Ledger implements BatchHandler<Received> {
    private final String decisions;
    private final Map<Integer, Map<String, Long>> totals = new HashMap<>();

    Ledger(String decisions) {
        this.decisions = decisions;
    }

    @Override
    public void handle(Connection transaction, List<Received> batch) throws SQLException {
        List<Event<?>> decided = new ArrayList<>();
        try (PreparedStatement apply = transaction.prepareStatement(
                "insert into applied (id, account, topic, partition, at_offset) values (?, ?, ?, ?, ?)")) {
            for (Received received : batch) {
                apply.setString(1, received.event().id());
                apply.setString(2, received.event().account());
                apply.setString(3, received.topic());
                apply.setInt(4, received.partition());
                apply.setLong(5, received.offset());
                apply.addBatch();
                count(transaction, received.partition(), received.event().account());
                decided.add(decide(received.event()));
            }
            apply.executeBatch();
        }
        Outbox.addAll(transaction, decided);
    }

    private void count(Connection transaction, int partition, String account) throws SQLException {
        Map<String, Long> known = totals.computeIfAbsent(partition, number -> new HashMap<>());
        long total = (known.containsKey(account) ? known.get(account) : read(transaction, account)) + 1;
        known.put(account, total);
        try (PreparedStatement write = transaction.prepareStatement(
                "insert into total values (?, ?) on conflict (account) do update set records = excluded.records")) {
            write.setString(1, account);
            write.setLong(2, total);
            write.executeUpdate();
        }
    }

    private static long read(Connection transaction, String account) throws SQLException {
        try (PreparedStatement read = transaction.prepareStatement("select records from total where account = ?")) {
            read.setString(1, account);
            try (ResultSet row = read.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private Event<?> decide(Event<?> cause) {
        Milestone.GoalUnknown decision =
                new Milestone.GoalUnknown(cause.account(), cause.time(), "because of " + cause.id());
        String id = DecisionId.of("test", cause.id());
        return Event.of(id, EventType.GOAL_UNKNOWN, "/test", cause.account(), cause.time(), cause.id(), decision)
                .on(decisions);
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        totals.keySet().removeAll(partitions);
    }
}
