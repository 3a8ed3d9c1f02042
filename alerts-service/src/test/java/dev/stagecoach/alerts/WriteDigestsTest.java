package dev.stagecoach.alerts;

import static dev.stagecoach.alerts.Fixtures.POLICY;
import static dev.stagecoach.alerts.Fixtures.factsOf;
import static dev.stagecoach.alerts.Fixtures.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.digest.Book;
import dev.stagecoach.alerts.digest.Book.StageMove;
import dev.stagecoach.alerts.digest.ComposeDigest;
import dev.stagecoach.alerts.digest.Digest;
import dev.stagecoach.alerts.policy.DigestPolicy;
import dev.stagecoach.events.Event;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WriteDigestsTest {
    private final InMemory memory = new InMemory();

    private static WriteDigests writeDigests(DigestPolicy policy) {
        return new WriteDigests(policy, new ComposeDigest(POLICY, id -> "/accounts/" + id));
    }

    private void apply(Event<?>... events) {
        apply(POLICY.digest(), 0, events);
    }

    private void apply(DigestPolicy policy, int partition, Event<?>... events) {
        writeDigests(policy)
                .from(
                        List.of(events).stream()
                                .map(event -> new Incoming(event, partition))
                                .toList(),
                        memory);
    }

    @Test
    void writesOneForEachOwnerAndWeek() {
        // Given
        apply(factsOf("acme", "ana", "lee", "2025-03-14T17:00:00Z"));

        // When
        apply(tick("2025-03-17T07:59:00Z"));
        int before = memory.kept.size();
        apply(tick("2025-03-17T08:00:00Z"));
        apply(tick("2025-03-17T08:01:00Z"), tick("2025-03-17T08:00:00Z"));
        apply(tick("2025-03-24T08:00:00Z"));

        // Then
        assertThat(before).isZero();
        assertThat(memory.kept.values())
                .extracting(Digest::owner, digest -> digest.date().toString())
                .containsExactlyInAnyOrder(
                        tuple("ana", "2025-03-17"),
                        tuple("lee", "2025-03-17"),
                        tuple("ana", "2025-03-24"),
                        tuple("lee", "2025-03-24"));
    }

    @Test
    void writesOnlyTheLastOfThoseThatWereMissed() {
        // Given
        apply(factsOf("acme", "ana", "ana", "2025-03-14T17:00:00Z"));

        // When
        apply(tick("2025-04-09T17:00:00Z"));

        // Then
        assertThat(memory.kept.values()).extracting(Digest::date).containsExactly(LocalDate.of(2025, 4, 7));
        assertThat(memory.due).containsEntry("ana", Instant.parse("2025-04-14T08:00:00Z"));
    }

    @Test
    void isDueByTheClockOfTheOwner() {
        // Given
        DigestPolicy zoned = new DigestPolicy(
                true,
                DayOfWeek.MONDAY,
                LocalTime.of(8, 0),
                ZoneOffset.UTC,
                Map.of("ana", ZoneId.of("America/New_York")),
                5,
                120);

        // When
        // Clocks change there on 9 March, a Sunday.
        apply(zoned, 0, factsOf("acme", "ana", "lee", "2025-02-27T17:00:00Z"));
        Instant winter = memory.due.get("ana");
        apply(zoned, 0, tick("2025-03-03T13:00:00Z"));

        // Then
        assertThat(winter).isEqualTo("2025-03-03T13:00:00Z");
        assertThat(memory.due)
                .containsEntry("ana", Instant.parse("2025-03-10T12:00:00Z"))
                .containsEntry("lee", Instant.parse("2025-03-10T08:00:00Z"));
    }

    @Test
    void keepsNothingWhenThereIsNothingToTell() {
        // Given
        apply(factsOf("acme", "ana", "lee", "2025-03-14T17:00:00Z"));
        memory.moved = false;

        // When
        apply(tick("2025-03-17T08:00:00Z"));

        // Then
        assertThat(memory.kept).isEmpty();
        assertThat(memory.due).containsEntry("ana", Instant.parse("2025-03-24T08:00:00Z"));
    }

    @Test
    void goesByTheTicksOfOnePartitionAndNotAtAllWhenItIsOff() {
        // Given
        apply(factsOf("acme", "ana", "lee", "2025-03-14T17:00:00Z"));

        // When
        apply(POLICY.digest(), 1, tick("2025-03-17T08:00:00Z"));
        apply(DigestPolicy.OFF, 0, tick("2025-03-17T08:00:00Z"));

        // Then
        assertThat(memory.kept).isEmpty();
    }

    /** The port by hand: an account that changed stage in every week. */
    private static final class InMemory implements Digests {
        private final Map<String, Instant> due = new TreeMap<>();
        private final Map<String, Digest> kept = new LinkedHashMap<>();
        private boolean moved = true;

        @Override
        public void expect(Map<String, Instant> firstDue) {
            firstDue.forEach(due::putIfAbsent);
        }

        @Override
        public Map<String, Instant> due(Instant tick) {
            Map<String, Instant> now = new TreeMap<>(due);
            now.values().removeIf(instant -> instant.isAfter(tick));
            return now;
        }

        @Override
        public Book book(String owner, Instant from, Instant to) {
            return new Book(
                    List.of(Account.unseen("acme")),
                    moved ? List.of(new StageMove("acme", "Onboarding", "Adopting", from.plusSeconds(1))) : List.of(),
                    List.of());
        }

        @Override
        public void keep(Digest digest) {
            kept.putIfAbsent(digest.id(), digest);
        }

        @Override
        public void next(String owner, Instant next) {
            due.put(owner, next);
        }
    }
}
