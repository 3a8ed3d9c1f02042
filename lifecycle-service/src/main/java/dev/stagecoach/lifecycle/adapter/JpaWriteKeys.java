package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.WriteKeyScope;
import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.lifecycle.key.WriteKey;
import dev.stagecoach.lifecycle.key.WriteKeyChange;
import dev.stagecoach.lifecycle.key.WriteKeyText;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The write keys, of which this is the one table of truth. A change is kept and handed to the outbox in one transaction; every replica of
 * usage-ingest follows them on their topic.
 */
@ApplicationScoped
class JpaWriteKeys {
    private static final String SOURCE = "/lifecycle-service/api";
    private static final int CONFLICT = 409;

    private final AgroalDataSource database;
    private final JpaAccounts accounts;
    private final RandomKeyTexts texts;
    private final KafkaAccountLog log;

    JpaWriteKeys(AgroalDataSource database, JpaAccounts accounts, RandomKeyTexts texts, KafkaAccountLog log) {
        this.database = database;
        this.accounts = accounts;
        this.texts = texts;
        this.log = log;
    }

    /** A key with the text that nobody is told a second time. */
    record Issued(WriteKeyText text, WriteKey key) {}

    /** Who does something, and what the person wrote about it. */
    record Person(String author, @Nullable String note) {
        WriteKeyChange.By at(Instant now) {
            return new WriteKeyChange.By(author, note, now);
        }
    }

    /**
     * Hands a new key out.
     *
     * @throws ProblemException 422 for accounts that are not known: usage under a slip of the pen would be nobody's
     */
    Issued create(String name, WriteKeyScope scope, @Nullable Integer eventsPerSecond, Person person) {
        Issued issued = store(name, scope, eventsPerSecond, person);
        log.wakeRelay();
        return issued;
    }

    /**
     * Gives a key a new text.
     *
     * @param grace how long those before it stay good
     * @throws ProblemException 404 when there is no such key, 409 when it is revoked or has too many texts
     */
    Issued rotate(String id, Duration grace, Person person) {
        Issued issued = change(id, grace, person);
        log.wakeRelay();
        return issued;
    }

    /**
     * Ends a key. One that is revoked already stays as it is.
     *
     * @throws ProblemException 404 when there is no such key
     */
    WriteKey revoke(String id, Person person) {
        WriteKey revoked = end(id, person);
        log.wakeRelay();
        return revoked;
    }

    /** @throws ProblemException 404 when there is no such key */
    WriteKey find(String id) {
        return WriteKeyEntity.<WriteKeyEntity>findByIdOptional(id)
                .orElseThrow(() -> noSuchKey(id))
                .key();
    }

    /** In the order of their ids, those after one. */
    List<WriteKey> page(String after, int most) {
        return WriteKeyEntity.<WriteKeyEntity>find("id > ?1 order by id", after).page(0, most).stream()
                .map(WriteKeyEntity::key)
                .toList();
    }

    @Transactional
    Issued store(String name, WriteKeyScope scope, @Nullable Integer eventsPerSecond, Person person) {
        accounts.requireUpToDate();
        requireKnown(scope);
        WriteKeyText text = texts.next();
        WriteKey created = WriteKey.created(text, name, scope, eventsPerSecond, person.at(accounts.requireTick()));
        WriteKeyEntity stored = new WriteKeyEntity();
        stored.id = text.id();
        write(stored, created);
        stored.persist();
        return new Issued(text, created);
    }

    @Transactional
    Issued change(String id, Duration grace, Person person) {
        accounts.requireUpToDate();
        WriteKeyEntity stored = lock(id);
        WriteKey before = stored.key();
        if (before.isRevoked()) {
            throw new ProblemException(
                    CONFLICT,
                    "the write key " + id + " is revoked, for good: create another one with POST /v1/write-keys",
                    List.of());
        }
        Instant now = accounts.requireTick();
        if (!grace.isZero() && !before.hasRoomAt(now)) {
            throw new ProblemException(
                    CONFLICT,
                    "the write key " + id + " was rotated so often that " + WriteKey.MOST_SECRETS
                            + " texts of it are good: wait until the older ones have ended, or end them with graceHours 0",
                    List.of());
        }
        WriteKeyText text = texts.next(id);
        WriteKey rotated = before.rotated(text, grace, person.at(now));
        write(stored, rotated);
        return new Issued(text, rotated);
    }

    /** Never waits: a leaked key is revoked also while topics are read again, when the last tick may be one of long ago. */
    @Transactional
    WriteKey end(String id, Person person) {
        WriteKeyEntity stored = lock(id);
        WriteKey before = stored.key();
        if (before.isRevoked()) {
            return before;
        }
        Instant now = accounts.lastTick().filter(before.changedAt()::isBefore).orElse(before.changedAt());
        WriteKey revoked = before.revoked(person.at(now));
        write(stored, revoked);
        return revoked;
    }

    private static void requireKnown(WriteKeyScope scope) {
        List<String> named = scope.accounts();
        if (named == null) {
            return;
        }
        Set<String> known = AccountEntity.<AccountEntity>list("id in ?1", named).stream()
                .map(account -> account.id)
                .collect(Collectors.toSet());
        List<String> unknown = named.stream()
                .filter(account -> !known.contains(account))
                .map(account -> "scope.accounts: " + account + " (expected: an account that is known; tell it with PUT"
                        + " /v1/accounts/" + account + " first)")
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(Problem.UNPROCESSABLE, String.join("; ", unknown), unknown);
        }
    }

    private static WriteKeyEntity lock(String id) {
        return WriteKeyEntity.<WriteKeyEntity>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow(() -> noSuchKey(id));
    }

    private static ProblemException noSuchKey(String id) {
        return ProblemException.notFound(
                "there is no write key " + id + ": GET /v1/write-keys lists those that there are");
    }

    private void write(WriteKeyEntity stored, WriteKey key) {
        stored.write(key);
        // The connection of the running transaction, so that the outbox commits with the entity.
        try (Connection connection = database.getConnection()) {
            Outbox.add(
                    connection,
                    Event.of(
                            DecisionId.of("write-key", stored.id, stored.revision),
                            EventType.WRITE_KEY,
                            SOURCE,
                            stored.id,
                            key.changedAt(),
                            null,
                            key.facts()));
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }
}
