package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/** Time in the transaction of a batch. Every partition brings the same tick; only the first one writes. */
record JdbcTime(Connection transaction) implements Time {
    private static final String UPSERT = """
            insert into clock (at) values (?)
            on conflict (one) do update set at = excluded.at where clock.at < excluded.at
            """;

    @Override
    public void is(Instant tick) {
        try (PreparedStatement upsert = transaction.prepareStatement(UPSERT)) {
            upsert.setObject(1, tick.atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
