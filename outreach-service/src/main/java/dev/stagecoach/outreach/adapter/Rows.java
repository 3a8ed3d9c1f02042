package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Occurrence;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of this service's tables as what they mean. */
final class Rows {
    private Rows() {}

    /** An account without its contacts, from a row of {@code account} with its columns named as in the table. */
    static Account account(ResultSet row, List<Contact> contacts) throws SQLException {
        String stage = row.getString("stage");
        return new Account(
                row.getString("account_id"),
                row.getInt("account_partition"),
                facts(row.getString("facts")),
                Jdbc.instantOrNull(row, "facts_at"),
                stage == null ? null : Stage.of(stage),
                Jdbc.instantOrNull(row, "stage_since"),
                Jdbc.instantOrNull(row, "onboarding_since"),
                contacts,
                Jdbc.instantOrNull(row, "contacts_at"));
    }

    private static @Nullable AccountFacts facts(@Nullable String json) {
        try {
            return json == null ? null : EventCodec.json().readValue(json, AccountFacts.class);
        } catch (IOException e) {
            throw new IllegalStateException("account.facts: " + json, e);
        }
    }

    static Contact contact(ResultSet row) throws SQLException {
        String timezone = row.getString("contact_timezone");
        return new Contact(
                Objects.requireNonNull(row.getString("contact_id")),
                Objects.requireNonNull(row.getString("contact_name")),
                Objects.requireNonNull(row.getString("contact_email")),
                Jdbc.texts(row, "contact_roles").stream().map(Role::of).collect(Collectors.toSet()),
                timezone == null ? null : ZoneId.of(timezone));
    }

    static Occurrence occurrence(ResultSet row) throws SQLException {
        return new Occurrence(
                row.getString("key"),
                row.getString("account"),
                row.getString("campaign"),
                row.getString("series"),
                row.getInt("version"),
                row.getString("occasion"),
                Jdbc.instant(row, "triggered_at"),
                Jdbc.instant(row, "opened_at"),
                row.getBoolean("roles_judged"),
                row.getString("ended_because"));
    }

    static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString("id"),
                row.getString("account"),
                row.getInt("partition"),
                row.getString("campaign"),
                row.getString("occurrence"),
                row.getString("step"),
                row.getString("contact"),
                row.getString("recipient"),
                row.getString("address"),
                DeliveryState.of(row.getString("state")),
                Jdbc.instant(row, "due_at"),
                Jdbc.instant(row, "decided_at"),
                row.getString("reason"),
                row.getString("cause"));
    }
}
