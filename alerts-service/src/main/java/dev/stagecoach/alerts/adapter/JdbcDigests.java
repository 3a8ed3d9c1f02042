package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.alerts.Digests;
import dev.stagecoach.alerts.digest.Book;
import dev.stagecoach.alerts.digest.Book.Silence;
import dev.stagecoach.alerts.digest.Book.StageMove;
import dev.stagecoach.alerts.digest.Digest;
import dev.stagecoach.alerts.history.EntryKind;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Digests in the transaction of a batch.
 *
 * @param posted whether the chat has a place for them
 */
record JdbcDigests(Connection transaction, boolean posted) implements Digests {
    private static final String EXPECT =
            "insert into digest_owner (owner, next_due) values (?, ?) on conflict (owner) do nothing";
    private static final String DUE =
            "select owner, next_due from digest_owner where next_due <= ? for update skip locked";
    private static final String NEXT = "update digest_owner set next_due = ? where owner = ?";
    private static final String ACCOUNTS =
            "select id from account where technical_advisor = ? or account_executive = ? order by id";
    private static final String HAPPENED = """
            select account, at, data ->> 'from' as "from", data ->> 'to' as "to", data ->> 'instance' as instance,
                   data ->> 'lastPingAt' as last_ping_at
            from timeline where account = any (?) and kind = ? and type = ? and at > ? and at <= ?
            order by at, account, id
            """;
    private static final String ADD_DELIVERY = "insert into digest_delivery (digest) values (?)";
    private static final String KEEP = """
            insert into digest (id, owner, date, at, content) values (?, ?, ?, ?, ?::jsonb) on conflict do nothing
            """;

    @Override
    public void expect(Map<String, Instant> firstDue) {
        try (PreparedStatement insert = transaction.prepareStatement(EXPECT)) {
            // In one order, so that two replicas that add the same owners do not wait for each other.
            for (Map.Entry<String, Instant> owner : new TreeMap<>(firstDue).entrySet()) {
                insert.setString(1, owner.getKey());
                insert.setObject(2, utc(owner.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public Map<String, Instant> due(Instant tick) {
        try (PreparedStatement select = transaction.prepareStatement(DUE)) {
            select.setObject(1, utc(tick));
            try (ResultSet rows = select.executeQuery()) {
                Map<String, Instant> due = new TreeMap<>();
                while (rows.next()) {
                    due.put(rows.getString("owner"), instant(rows, "next_due"));
                }
                return due;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public Book book(String owner, Instant from, Instant to) {
        try {
            Set<String> ids = accounts(owner);
            return new Book(
                    List.copyOf(new JdbcAccounts(transaction).known(ids).values()),
                    moves(ids, from, to),
                    silences(ids, from, to));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private Set<String> accounts(String owner) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(ACCOUNTS)) {
            select.setString(1, owner);
            select.setString(2, owner);
            try (ResultSet rows = select.executeQuery()) {
                Set<String> ids = new LinkedHashSet<>();
                while (rows.next()) {
                    ids.add(rows.getString("id"));
                }
                return ids;
            }
        }
    }

    private List<StageMove> moves(Set<String> accounts, Instant from, Instant to) throws SQLException {
        try (PreparedStatement select = happened(accounts, EntryKind.STAGE, EventType.STAGE_CHANGED, from, to);
                ResultSet rows = select.executeQuery()) {
            List<StageMove> moves = new ArrayList<>();
            while (rows.next()) {
                moves.add(new StageMove(
                        rows.getString("account"), rows.getString("from"), rows.getString("to"), instant(rows, "at")));
            }
            return moves;
        }
    }

    private List<Silence> silences(Set<String> accounts, Instant from, Instant to) throws SQLException {
        try (PreparedStatement select = happened(accounts, EntryKind.MILESTONE, EventType.INSTANCE_SILENT, from, to);
                ResultSet rows = select.executeQuery()) {
            List<Silence> silences = new ArrayList<>();
            while (rows.next()) {
                silences.add(new Silence(
                        rows.getString("account"),
                        rows.getString("instance"),
                        Instant.parse(rows.getString("last_ping_at"))));
            }
            return silences;
        }
    }

    private PreparedStatement happened(Set<String> accounts, EntryKind kind, EventType type, Instant from, Instant to)
            throws SQLException {
        PreparedStatement select = transaction.prepareStatement(HAPPENED);
        select.setArray(1, transaction.createArrayOf("text", accounts.toArray()));
        select.setString(2, kind.wireName());
        select.setString(3, type.wireName());
        select.setObject(4, utc(from));
        select.setObject(5, utc(to));
        return select;
    }

    @Override
    public void keep(Digest digest) {
        try (PreparedStatement insert = transaction.prepareStatement(KEEP)) {
            insert.setString(1, digest.id());
            insert.setString(2, digest.owner());
            insert.setObject(3, digest.date());
            insert.setObject(4, utc(digest.to()));
            insert.setString(5, EventCodec.json().writeValueAsString(digest));
            if (insert.executeUpdate() == 1 && posted) {
                addDelivery(digest);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the digest of " + digest.owner() + " is no JSON", e);
        }
    }

    private void addDelivery(Digest digest) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(ADD_DELIVERY)) {
            insert.setString(1, digest.id());
            insert.executeUpdate();
        }
    }

    @Override
    public void next(String owner, Instant due) {
        try (PreparedStatement update = transaction.prepareStatement(NEXT)) {
            update.setObject(1, utc(due));
            update.setString(2, owner);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
