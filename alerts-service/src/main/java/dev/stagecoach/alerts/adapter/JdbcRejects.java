package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.reject.Reject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts rejects in the transaction of a batch. Costs a row for each reason and day, however many records there are. */
record JdbcRejects(Connection transaction) {
    /** So many reasons a day are told apart; whoever makes up more is counted among the others. */
    static final int MOST_REASONS = 200;

    static final String OTHER = "other reasons";

    private static final String ADD = """
            insert into reject (topic, origin, reason, day, records, last_at, last_place, last_account)
            select ?, ?, case
                     when exists (select from reject where topic = ? and day = ? and origin = ? and reason = ?)
                       or (select count(*) from reject where topic = ? and day = ?) < ? then ? else ? end,
                   ?, ?, ?, ?, ?
            on conflict (topic, day, origin, reason) do update set
                records = reject.records + excluded.records,
                last_at = greatest(reject.last_at, excluded.last_at),
                last_place = case when excluded.last_at >= reject.last_at then excluded.last_place else reject.last_place end,
                last_account = case when excluded.last_at >= reject.last_at then excluded.last_account else reject.last_account end
            """;

    private record Key(String topic, LocalDate day, String origin, String reason) {}

    private static final class Tally {
        private long records;
        private Reject last;

        Tally(Reject first) {
            last = first;
        }

        void add(Reject one) {
            records++;
            if (!one.at().isBefore(last.at())) {
                last = one;
            }
        }
    }

    void add(List<Reject> rejects) throws SQLException {
        Map<Key, Tally> tallies = new LinkedHashMap<>();
        for (Reject one : rejects) {
            tallies.computeIfAbsent(
                            new Key(one.topic(), one.day(), one.origin(), one.reason()), first -> new Tally(one))
                    .add(one);
        }
        write(tallies.values());
    }

    /** Row by row: a batch has a few reasons. */
    private void write(Collection<Tally> tallies) throws SQLException {
        try (PreparedStatement add = transaction.prepareStatement(ADD)) {
            for (Tally tally : tallies) {
                bind(add, tally);
                add.executeUpdate();
            }
        }
    }

    private static void bind(PreparedStatement add, Tally tally) throws SQLException {
        Reject last = tally.last;
        Object[] parameters = {
            last.topic(),
            last.origin(),
            last.topic(),
            last.day(),
            last.origin(),
            last.reason(),
            last.topic(),
            last.day(),
            MOST_REASONS,
            last.reason(),
            OTHER,
            last.day(),
            tally.records,
            last.at().atOffset(ZoneOffset.UTC),
            last.place(),
            last.account()
        };
        for (int i = 0; i < parameters.length; i++) {
            add.setObject(i + 1, parameters[i]);
        }
    }
}
