package dev.stagecoach.lifecycle.adapter;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.StageByHand;
import dev.stagecoach.events.exactlyonce.EventTooLargeException;
import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.lifecycle.account.Act;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

    /**
     * Whether the account was new. What people told stays: a stage set by hand, signals, and a churn unless the contract closed
     * after it. Facts that did not change tell nothing.
     */
    boolean tell(AccountFacts facts) {
        boolean created = store(facts);
        log.wakeRelay();
        return created;
    }

    /**
     * Lets a person change the facts, and keeps who did it. A change that changes nothing tells nothing.
     *
     * @param body the request as it came, for the history
     * @return the facts as they are then
     * @throws ProblemException 404 when there is no such account
     */
    AccountFacts act(String account, Act act, byte[] body, UnaryOperator<AccountFacts> change) {
        AccountFacts changed = change(account, act, body, change);
        log.wakeRelay();
        return changed;
    }

    /**
     * The day of the last tick: what the service takes for today.
     *
     * @throws ProblemException 503 before the first tick
     */
    LocalDate today() {
        Instant last = lastTick()
                .orElseThrow(() -> new ProblemException(
                        503,
                        "no tick has come yet, so that nobody knows what day it is: try again in a few seconds",
                        List.of()));
        return LocalDate.ofInstant(last, UTC);
    }

    private Optional<Instant> lastTick() {
        return Optional.ofNullable(
                (Instant) entities.createNativeQuery("select max(at) from partition_clock", Instant.class)
                        .getSingleResult());
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
        requireUpToDate();
        entities.createNativeQuery(
                        "insert into account (id, facts, revision) values (:id, '{}', 0) on conflict do nothing")
                .setParameter("id", facts.account())
                .executeUpdate();
        AccountEntity account = lock(facts.account()).orElseThrow();
        boolean created = account.revision == 0;
        write(account, created ? facts : withWhatPeopleTold(facts, parse(account.facts)));
        return created;
    }

    private static AccountFacts withWhatPeopleTold(AccountFacts facts, AccountFacts before) {
        LocalDate churnedOn = before.churnedOn();
        LocalDate closedOn = facts.contractClosedOn();
        boolean isWonBack = churnedOn != null && closedOn != null && closedOn.isAfter(churnedOn);
        return facts.withStageByHand(before.stageByHand())
                .withSignals(before.signalsOrNone())
                .withChurnedOn(isWonBack ? null : churnedOn);
    }

    @Transactional
    AccountFacts change(String id, Act act, byte[] body, UnaryOperator<AccountFacts> change) {
        requireUpToDate();
        AccountEntity account = lock(id).orElseThrow(() -> ProblemException.noSuchAccount(id));
        if (write(account, change.apply(parse(account.facts)).withChangedBy(act.changedBy()))) {
            keep(act, body, account);
        }
        return parse(account.facts);
    }

    private void keep(Act act, byte[] body, AccountEntity account) {
        AccountActEntity kept = new AccountActEntity();
        kept.id = factsId(account);
        kept.account = account.id;
        kept.act = act.kind().wireName();
        kept.author = act.author();
        kept.note = act.note();
        kept.at = now();
        kept.body = new String(body, StandardCharsets.UTF_8);
        kept.persist();
    }

    private static String factsId(AccountEntity account) {
        return DecisionId.of("account-facts", account.id, account.revision);
    }

    @Transactional
    void store(AccountContacts contacts) {
        requireUpToDate();
        AccountEntity account =
                lock(contacts.account()).orElseThrow(() -> ProblemException.noSuchAccount(contacts.account()));
        account.contactsRevision++;
        publish(
                DecisionId.of("account-contacts", account.id, account.contactsRevision),
                EventType.ACCOUNT_CONTACTS,
                account.id,
                contacts);
    }

    /**
     * A stage by hand that holds today, or will.
     *
     * @throws ProblemException 422 when it would be over already
     */
    StageByHand notOver(StageByHand stage) {
        LocalDate today = LocalDate.ofInstant(now(), UTC);
        if (stage.until().isBefore(today)) {
            throw ProblemException.unprocessable(
                    "until: " + stage.until() + " is over (expected: " + today + ", which is today, or later)");
        }
        return stage;
    }

    private Optional<AccountEntity> lock(String id) {
        return AccountEntity.findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Whether anything changed; who changed it does not count. */
    private boolean write(AccountEntity account, AccountFacts facts) {
        if (account.revision > 0 && parse(account.facts).withChangedBy(null).equals(facts.withChangedBy(null))) {
            return false;
        }
        account.facts = new String(EventCodec.value(facts), StandardCharsets.UTF_8);
        account.revision++;
        publish(factsId(account), EventType.ACCOUNT_FACTS, account.id, facts);
        return true;
    }

    private void publish(String id, EventType type, String account, dev.stagecoach.events.EventData data) {
        // The connection of the running transaction, so that the outbox commits with the entity.
        try (Connection connection = database.getConnection()) {
            Outbox.add(connection, Event.of(id, type, SOURCE, account, now(), null, data));
        } catch (EventTooLargeException e) {
            throw ProblemException.unprocessable(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }

    /**
     * While topics are read again, "today" is the day that is being read: whatever is told would be of the wrong day.
     *
     * @throws ProblemException 503 meanwhile
     */
    void requireUpToDate() {
        Object isReplaying = entities.createNativeQuery(
                        "select exists (select 1 from consumed_offset where next_offset < replay_until)", Boolean.class)
                .getSingleResult();
        if (Boolean.TRUE.equals(isReplaying)) {
            throw new ProblemException(
                    503,
                    "the service reads its topics again, and nothing can be told meanwhile: try again in a few minutes",
                    List.of());
        }
    }

    /** The time of the last tick. Before the first one, the beginning of time: facts come before whatever they decide. */
    private Instant now() {
        return lastTick().orElse(Instant.EPOCH);
    }

    static AccountFacts parse(String json) {
        try {
            return EventCodec.json().readValue(json, AccountFacts.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored facts cannot be read: " + json, e);
        }
    }
}
