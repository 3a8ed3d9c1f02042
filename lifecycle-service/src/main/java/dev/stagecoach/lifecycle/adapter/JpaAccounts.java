package dev.stagecoach.lifecycle.adapter;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.exactlyonce.EventTooLargeException;
import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.lifecycle.account.Act;
import dev.stagecoach.lifecycle.account.RecordedTerm;
import dev.stagecoach.lifecycle.policy.Policy;
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
    private final Policy policy;

    JpaAccounts(EntityManager entities, AgroalDataSource database, KafkaAccountLog log, Policy policy) {
        this.entities = entities;
        this.database = database;
        this.log = log;
        this.policy = policy;
    }

    /** Facts as they are now, and whether the account is new. */
    record Told(AccountFacts facts, boolean isNew) {}

    /**
     * Replaces the facts of an account. What people told stays: a stage set by hand, signals, a churn unless the contract closed
     * after it, and a renewal or extension that the facts do not know yet. Facts that did not change tell nothing.
     */
    Told tell(AccountFacts facts) {
        Told told = store(facts);
        log.wakeRelay();
        return told;
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
        return LocalDate.ofInstant(requireTick(), UTC);
    }

    /**
     * The time of the last tick: what the service takes for now.
     *
     * @throws ProblemException 503 before the first tick
     */
    Instant requireTick() {
        return lastTick()
                .orElseThrow(() -> new ProblemException(
                        Problem.UNAVAILABLE,
                        "no tick has come yet, so that nobody knows what day it is: try again in a few seconds",
                        List.of()));
    }

    /** The day of the last tick; empty before the first. */
    Optional<LocalDate> lastDay() {
        return lastTick().map(tick -> LocalDate.ofInstant(tick, UTC));
    }

    /** Empty before the first. */
    Optional<Instant> lastTick() {
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
    Told store(AccountFacts facts) {
        requireUpToDate();
        entities.createNativeQuery(
                        "insert into account (id, facts, revision) values (:id, '{}', 0) on conflict do nothing")
                .setParameter("id", facts.account())
                .executeUpdate();
        AccountEntity account = lock(facts.account()).orElseThrow();
        if (account.revision == 0) {
            write(account, facts);
            return new Told(facts, true);
        }
        AccountFacts before = parse(account.facts);
        int longestExtensionDays = policy.of(facts.segment()).stages().longestExtensionDays();
        RecordedTerm recorded = account.recordedTerm().afterTold(facts, before, longestExtensionDays);
        account.record(recorded);
        AccountFacts changed = recorded.in(withWhatPeopleTold(facts, before));
        write(account, changed);
        return new Told(changed, false);
    }

    private static AccountFacts withWhatPeopleTold(AccountFacts facts, AccountFacts before) {
        LocalDate churnedOn = before.churnedOn();
        return facts.withStageByHand(before.stageByHand())
                .withSignals(before.signalsOrNone())
                .withChurnedOn(RecordedTerm.isWonBack(facts, churnedOn) ? null : churnedOn);
    }

    @Transactional
    AccountFacts change(String id, Act act, byte[] body, UnaryOperator<AccountFacts> change) {
        requireUpToDate();
        AccountEntity account = lock(id).orElseThrow(() -> ProblemException.noSuchAccount(id));
        AccountFacts before = parse(account.facts);
        AccountFacts changed = change.apply(before);
        account.record(account.recordedTerm().after(act.kind(), before, changed));
        if (write(account, changed.withChangedBy(act.changedBy()))) {
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
     * Refuses an end that has passed. Before the first tick nobody knows what has.
     *
     * @throws ProblemException 422
     */
    void requireNotOver(String field, LocalDate end) {
        LocalDate today = LocalDate.ofInstant(now(), UTC);
        if (end.isBefore(today)) {
            throw ProblemException.unprocessable(
                    field + ": " + end + " is over (expected: " + today + ", which is today, or later)");
        }
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
