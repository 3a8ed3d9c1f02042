package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Occurrence;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
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
                json(row.getString("facts"), new TypeReference<AccountFacts>() {}),
                Jdbc.instantOrNull(row, "facts_at"),
                stage == null ? null : Stage.of(stage),
                Jdbc.instantOrNull(row, "stage_since"),
                Jdbc.instantOrNull(row, "onboarding_since"),
                contacts,
                Jdbc.instantOrNull(row, "contacts_at"),
                row.getObject("started_on", LocalDate.class),
                json(row.getString("usage"), new TypeReference<>() {}),
                Objects.requireNonNull(json(row.getString("recaps"), new TypeReference<List<UsageRecap>>() {})));
    }

    /** What was told, from a column {@code facts}. */
    static Map<String, @Nullable Object> toldFacts(ResultSet row) throws SQLException {
        return toldFacts(row, "facts");
    }

    static Map<String, @Nullable Object> toldFacts(ResultSet row, String column) throws SQLException {
        Map<String, @Nullable Object> facts = json(row.getString(column), new TypeReference<>() {});
        return facts == null ? Map.of() : facts;
    }

    private static <T> @Nullable T json(@Nullable String text, TypeReference<T> type) {
        try {
            return text == null ? null : EventCodec.json().readValue(text, type);
        } catch (IOException e) {
            throw new IllegalStateException("a column holds what it should not: " + text, e);
        }
    }

    static Contact contact(ResultSet row) throws SQLException {
        String timezone = row.getString("contact_timezone");
        return new Contact(
                Objects.requireNonNull(row.getString("contact_id")),
                Objects.requireNonNull(row.getString("contact_name")),
                Objects.requireNonNull(row.getString("contact_email")),
                Jdbc.texts(row, "contact_roles").stream().map(Role::of).collect(Collectors.toSet()),
                timezone == null ? null : ZoneId.of(timezone),
                row.getString("contact_language"));
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
                row.getString("ended_because"),
                toldFacts(row));
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
                row.getString("cause"),
                Jdbc.instant(row, "wanted_at"),
                row.getBoolean("held"),
                row.getString("waits_because"));
    }
}
