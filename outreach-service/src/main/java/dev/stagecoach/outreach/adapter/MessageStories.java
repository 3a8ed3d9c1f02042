package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** All that is known about one mail. */
final class MessageStories {
    private final DataSource database;

    MessageStories(DataSource database) {
        this.database = database;
    }

    /** A mail with what led to it and what followed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Story(
            Message message, @Nullable String cause, Start occurrence, List<Answer> answers, List<Decided> decided) {}

    /**
     * What started it.
     *
     * @param version of the campaign that it began with
     * @param endedBecause absent while it runs
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Start(
            String key,
            int version,
            String occasion,
            Instant triggeredAt,
            Instant openedAt,
            @Nullable String endedBecause) {}

    /** What the reader answered to it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            String type,
            Instant at,
            @Nullable Integer score,
            @Nullable String comment,
            @Nullable String kind) {}

    /** What a person decided about it, by itself or with others. */
    record Decided(String as, String by, String reason, Instant recordedAt) {}

    Optional<Story> of(String id) {
        return Jdbc.inTransaction(
                database,
                transaction -> Jdbc.query(transaction, """
                        select d.*, o.version, o.occasion, o.triggered_at, o.opened_at, o.ended_because
                        from delivery d join occurrence o on o.key = d.occurrence where d.id = ?
                        """, row -> story(transaction, row), id).stream()
                        .findFirst());
    }

    private static Story story(Connection transaction, ResultSet row) throws SQLException {
        Message message = Message.of(row);
        return new Story(
                message,
                row.getString("cause"),
                new Start(
                        message.occurrence(),
                        row.getInt("version"),
                        row.getString("occasion"),
                        Jdbc.instant(row, "triggered_at"),
                        Jdbc.instant(row, "opened_at"),
                        row.getString("ended_because")),
                answers(transaction, message),
                decided(transaction, message));
    }

    private static List<Answer> answers(Connection transaction, Message message) throws SQLException {
        return Jdbc.query(
                transaction,
                "select * from response where occurrence = ? and step = ? and contact = ? order by number",
                row -> new Answer(
                        row.getString("kind"),
                        Jdbc.instant(row, "at"),
                        row.getObject("score", Integer.class),
                        row.getString("comment"),
                        row.getString("mail_kind")),
                message.occurrence(),
                message.step(),
                message.contact());
    }

    private static List<Decided> decided(Connection transaction, Message message) throws SQLException {
        return Jdbc.query(
                transaction,
                "select * from verdict where target in (?, ?, ?) order by number",
                row -> new Decided(
                        row.getString("kind"),
                        row.getString("by_whom"),
                        row.getString("reason"),
                        Jdbc.instant(row, "recorded_at")),
                message.id(),
                message.occurrence(),
                message.campaign());
    }
}
