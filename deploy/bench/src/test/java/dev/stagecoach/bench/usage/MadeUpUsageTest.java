package dev.stagecoach.bench.usage;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MadeUpUsageTest {

    private static final int EVENTS = 30_000;
    private static final int ACCOUNTS = 200;
    private static final int USERS = 3_000;

    private static UsageShape aMonth(long seed) {
        return new UsageShape(seed, EVENTS, ACCOUNTS, USERS, LocalDate.of(2026, 1, 12), 30);
    }

    private static List<Event<?>> told(long seed) {
        var told = new ArrayList<Event<?>>();
        new MadeUpUsage(aMonth(seed)).tell(told::add);
        return told;
    }

    private static List<UsageEvent> usage(List<Event<?>> told) {
        return told.stream()
                .map(Event::data)
                .filter(UsageEvent.class::isInstance)
                .map(UsageEvent.class::cast)
                .toList();
    }

    @Test
    void theSameSeedTellsTheSameAndAnotherSeedSomethingElse() {
        assertThat(told(1)).isEqualTo(told(1)).isNotEqualTo(told(2));
    }

    @Test
    void thereAreAsManyAsWereAskedFor() {
        // When
        var told = told(1);

        // Then
        assertThat(usage(told)).hasSize(EVENTS);
        assertThat(told.stream().filter(event -> event.data() instanceof AccountFacts))
                .hasSize(ACCOUNTS);
        assertThat(told.stream().filter(event -> event.data() instanceof TimeTick))
                .hasSize(30 * 24 + 1);
        assertThat(usage(told).stream().map(UsageEvent::id)).doesNotHaveDuplicates();
        assertThat(usage(told).stream().map(event -> event.account() + " " + event.user()))
                .satisfies(users -> assertThat(users.stream().distinct()).hasSizeBetween(USERS / 2, USERS));
    }

    @Test
    void accountsComeFirstAndThenAllElseInTheOrderOfItsTime() {
        // When
        var told = told(1);

        // Then
        assertThat(told.subList(0, ACCOUNTS)).allMatch(event -> event.data() instanceof AccountFacts);
        assertThat(told).isSortedAccordingTo(Comparator.comparing(Event::time));
        assertThat(told.get(ACCOUNTS).data()).isEqualTo(new TimeTick(Instant.parse("2026-01-12T00:00:00Z")));
        assertThat(told.get(told.size() - 1).data()).isEqualTo(new TimeTick(Instant.parse("2026-02-11T00:00:00Z")));
    }

    @Test
    void eventsArriveSecondsLateAndSomeMinutes() {
        // When
        var delays = usage(told(1)).stream()
                .map(event -> Duration.between(event.at(), event.receivedAt()))
                .toList();

        // Then
        assertThat(delays).allMatch(delay -> !delay.isNegative() && delay.compareTo(Duration.ofMinutes(5)) < 0);
        long minutes = delays.stream()
                .filter(delay -> delay.compareTo(Duration.ofMinutes(1)) > 0)
                .count();
        assertThat(minutes / (double) EVENTS).isBetween(0.03, 0.05);
    }

    @Test
    void theLargestAccountHasItsShareOfEventsAndOfUsers() {
        // When
        var usage = usage(told(1));

        // Then
        double harmonic = 0;
        for (int rank = 1; rank <= ACCOUNTS; rank++) {
            harmonic += 1.0 / rank;
        }
        Map<String, Long> events = usage.stream().collect(groupingBy(UsageEvent::account, counting()));
        assertThat(events.get("account-00000") / (double) EVENTS).isCloseTo(1 / harmonic, within(0.01));
        assertThat(events.get("account-00001") / (double) EVENTS).isCloseTo(1 / harmonic / 2, within(0.01));
        assertThat(usage.stream()
                        .filter(event -> event.account().equals("account-00000"))
                        .map(UsageEvent::user)
                        .distinct()
                        .count())
                .isGreaterThan(usage.stream()
                        .filter(event -> event.account().equals("account-00009"))
                        .map(UsageEvent::user)
                        .distinct()
                        .count());
    }

    @Test
    void anEventIsAsLargeAsThoseOfUsageIngest() {
        // When
        var mean = usage(told(1)).stream()
                .mapToInt(event -> EventCodec.value(event).length)
                .average();

        // Then
        assertThat(mean.orElseThrow()).isBetween(250.0, 300.0);
    }

    @Test
    void fewerUsersThanAccountsAreRefused() {
        assertThatThrownBy(() -> new UsageShape(1, 10, 5, 4, LocalDate.of(2026, 1, 1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("users: 4 (expected: >= 5)");
    }
}
