package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.StageByHand;
import dev.stagecoach.events.exactlyonce.Outbox;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is told about accounts. It is kept and handed to the outbox in one transaction; the owner of the account's
 * partition reads it from the topic like any other event, so that an account has one writer at a time.
 */
@ApplicationScoped
class JpaAccounts {
    private static final String SOURCE = "/lifecycle-service/api";

    private final EntityManager entities;
    private final AgroalDataSource database;
    private final KafkaAccountLog log;

    JpaAccounts(EntityManager entities, AgroalDataSource database, KafkaAccountLog log) {
        this.entities = entities;
        this.database = database;
        this.log = log;
    }

    /** Whether the account was new. A stage that was set by hand stays set. Facts that did not change tell nothing. */
    boolean tell(AccountFacts facts) {
        boolean created = store(facts);
        log.wakeRelay();
        return created;
    }

    /**
     * Sets a stage by hand, or takes it back.
     *
     * @throws ProblemException 404 when there is no such account; 422 when the stage would be over already
     */
    void setStage(String account, @Nullable StageByHand stage) {
        change(account, facts -> withStage(facts, stage == null ? null : notOver(stage)));
        log.wakeRelay();
    }

    /**
     * Replaces the contacts of an account. They are not kept here.
     *
     * @throws ProblemException 404 when there is no such account
     */
    void tell(AccountContacts contacts) {
        store(contacts);
        log.wakeRelay();
    }

    @Transactional
    boolean store(AccountFacts facts) {
        entities.createNativeQuery(
                        "insert into account (id, facts, revision) values (:id, '{}', 0) on conflict do nothing")
                .setParameter("id", facts.account())
                .executeUpdate();
        AccountEntity account = lock(facts.account()).orElseThrow();
        boolean created = account.revision == 0;
        write(account, created ? facts : withStage(facts, parse(account.facts).stageByHand()));
        return created;
    }

    @Transactional
    void change(String id, UnaryOperator<AccountFacts> change) {
        AccountEntity account = lock(id).orElseThrow(() -> ProblemException.noSuchAccount(id));
        write(account, change.apply(parse(account.facts)));
    }

    @Transactional
    void store(AccountContacts contacts) {
        AccountEntity account =
                lock(contacts.account()).orElseThrow(() -> ProblemException.noSuchAccount(contacts.account()));
        account.contactsRevision++;
        publish(
                DecisionId.of("account-contacts", account.id, account.contactsRevision),
                EventType.ACCOUNT_CONTACTS,
                account.id,
                contacts);
    }

    private StageByHand notOver(StageByHand stage) {
        LocalDate today = LocalDate.ofInstant(now(), ZoneOffset.UTC);
        if (stage.until().isBefore(today)) {
            String detail = "until: " + stage.until() + " is over (expected: " + today + ", which is today, or later)";
            throw new ProblemException(Problem.UNPROCESSABLE, detail, List.of());
        }
        return stage;
    }

    private Instant now() {
        try (Connection connection = database.getConnection()) {
            return now(connection);
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }

    private Optional<AccountEntity> lock(String id) {
        return AccountEntity.findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    private void write(AccountEntity account, AccountFacts facts) {
        if (account.revision > 0 && parse(account.facts).equals(facts)) {
            return;
        }
        account.facts = new String(EventCodec.value(facts), StandardCharsets.UTF_8);
        account.revision++;
        publish(
                DecisionId.of("account-facts", account.id, account.revision),
                EventType.ACCOUNT_FACTS,
                account.id,
                facts);
    }

    private void publish(String id, EventType type, String account, dev.stagecoach.events.EventData data) {
        // The connection of the running transaction, so that the outbox commits with the entity.
        try (Connection connection = database.getConnection()) {
            Outbox.add(connection, Event.of(id, type, SOURCE, account, now(connection), null, data));
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }

    /** The time of the last tick. Before the first one, the beginning of time: facts come before whatever they decide. */
    private static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select max(at) from partition_clock")) {
            row.next();
            OffsetDateTime last = row.getObject(1, OffsetDateTime.class);
            return last == null ? Instant.EPOCH : last.toInstant();
        }
    }

    private static AccountFacts withStage(AccountFacts facts, @Nullable StageByHand stage) {
        return new AccountFacts(
                facts.account(),
                facts.name(),
                facts.segment(),
                facts.products(),
                facts.seats(),
                facts.unlimitedSeats(),
                facts.addressableUsers(),
                facts.expectedCloseOn(),
                facts.contractClosedOn(),
                facts.renewsOn(),
                facts.extendedUntil(),
                facts.timezone(),
                facts.owners(),
                facts.instances(),
                stage);
    }

    static AccountFacts parse(String json) {
        try {
            return EventCodec.json().readValue(json, AccountFacts.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored facts cannot be read: " + json, e);
        }
    }
}
