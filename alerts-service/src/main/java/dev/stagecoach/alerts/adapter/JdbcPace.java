package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.delivery.Step;
import dev.stagecoach.alerts.delivery.Step.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** When a place takes its next message. Its row is locked until the transaction ends. */
record JdbcPace(Connection transaction, String place) {
    private static final String ADD = "insert into channel_pace (channel) values (?) on conflict (channel) do nothing";
    private static final String LOCK =
            "select next_at <= clock_timestamp() as due from channel_pace where channel = ? for update skip locked";
    private static final String REST = """
            update channel_pace set next_at = clock_timestamp() + make_interval(secs => ?),
                messages = messages + ?, alerts = alerts + ?,
                problem = ?,
                problem_since = case when ?::text is null then null else coalesce(problem_since, clock_timestamp()) end
            where channel = ?
            """;

    /** Whether a message may be posted now, and by nobody else meanwhile. */
    boolean isTurn() throws SQLException {
        try (PreparedStatement lock = transaction.prepareStatement(LOCK)) {
            lock.setString(1, place);
            try (ResultSet row = lock.executeQuery()) {
                if (row.next()) {
                    return row.getBoolean("due");
                }
            }
        }
        // Another replica has it, or it has never been used: then it is there at the next call.
        try (PreparedStatement add = transaction.prepareStatement(ADD)) {
            add.setString(1, place);
            add.executeUpdate();
        }
        return false;
    }

    /**
     * Lets the place rest after an attempt.
     *
     * @param alerts how many alerts the message carried
     */
    void rest(Step step, int alerts) throws SQLException {
        boolean sent = step.state() == State.SENT;
        try (PreparedStatement rest = transaction.prepareStatement(REST)) {
            rest.setDouble(1, step.pause().toMillis() / 1000.0);
            rest.setInt(2, sent ? 1 : 0);
            rest.setInt(3, sent ? alerts : 0);
            rest.setString(4, step.error());
            rest.setString(5, step.error());
            rest.setString(6, place);
            rest.executeUpdate();
        }
    }
}
