package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Erasures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/** Forgets people in PostgreSQL, of all tables in one transaction. */
final class JdbcErasures implements Erasures {
    private final DataSource database;

    JdbcErasures(DataSource database) {
        this.database = database;
    }

    @Override
    public List<String> accountsWith(String address) {
        return Jdbc.inTransaction(
                database,
                transaction -> Jdbc.query(
                        transaction,
                        "select distinct account from contact where lower(trim(email)) = ? order by account",
                        row -> row.getString("account"),
                        address));
    }

    @Override
    public Erased erase(String address, String by) {
        return Jdbc.inTransaction(database, transaction -> {
            List<Known> contacts = Jdbc.query(
                    transaction,
                    """
                    select distinct account, contact from delivery
                    where address = ? and contact is not null order by account, contact
                    """,
                    row -> new Known(
                            Objects.requireNonNull(row.getString("account")),
                            Objects.requireNonNull(row.getString("contact"))),
                    address);
            int answers = answers(transaction, address);
            int bounces = Jdbc.update(transaction, "update bounce set address = null where address = ?", address);
            Jdbc.update(transaction, "delete from bounced_address where address = ?", address);
            int mails = Jdbc.update(transaction, "update delivery set address = null where address = ?", address);
            int deadLetters = Jdbc.update(transaction, "delete from dead_letter d where holds_text(d, ?)", address);
            Jdbc.update(
                    transaction,
                    "insert into erasure (address_hash, by_whom, mails) values (hash_of_address(?), ?, ?)",
                    address,
                    by,
                    mails);
            return new Erased(contacts, mails, answers, bounces, deadLetters);
        });
    }

    /** By the mails that went to the address: the contact's id may have been of somebody else before or since. */
    private static int answers(Connection transaction, String address) throws SQLException {
        return Jdbc.update(transaction, """
                update response r set comment = null
                from delivery d
                where d.address = ? and r.comment is not null
                  and r.account = d.account and r.occurrence = d.occurrence and r.step = d.step and r.contact = d.contact
                """, address);
    }
}
