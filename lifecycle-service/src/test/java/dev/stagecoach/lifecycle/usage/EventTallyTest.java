package dev.stagecoach.lifecycle.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.lifecycle.usage.EventTally.News;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distinct users, held against a count that looks through the whole list of events each time. */
class EventTallyTest {
    private static final LocalDate FIRST = LocalDate.parse("2024-11-17");
    private static final int DAYS = 150;
    private static final List<String> FEATURES = List.of("search", "notebooks", "insights");

    private record Use(String user, LocalDate day, String feature) {}

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), new Random().longs(3));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void countsDistinctUsersInAnyOrderAndHoweverOftenTheyCome(long seed) {
        // Given
        Random random = new Random(seed);
        List<Use> uses = new ArrayList<>();
        for (int n = 0; n < 3_000; n++) {
            Use use = new Use(
                    "user-" + (int) Math.abs(random.nextGaussian() * 40),
                    FIRST.plusDays(random.nextInt(DAYS)),
                    FEATURES.get(random.nextInt(FEATURES.size())));
            uses.addAll(Collections.nCopies(1 + random.nextInt(3), use));
        }
        Collections.shuffle(uses, random);
        EventTally tally = EventTally.empty();

        // When
        uses.forEach(use -> tally.count(use.user(), use.day().toEpochDay(), use.feature()));

        // Then
        for (LocalDate day = FIRST; day.isBefore(FIRST.plusDays(DAYS)); day = day.plusDays(1)) {
            assertThat(tally.usersOf(day, day)).as("%s, seed %d", day, seed).isEqualTo(users(uses, day, day));
            LocalDate from = day.minusDays(29);
            assertThat(tally.usersOf(from, day))
                    .as("30 days to %s, seed %d", day, seed)
                    .isEqualTo(users(uses, from, day));
            YearMonth month = YearMonth.from(day);
            assertThat(tally.usersOf(month))
                    .as("%s, seed %d", month, seed)
                    .isEqualTo(users(uses, month.atDay(1), month.atEndOfMonth()));
        }
        assertThat(tally.firstDay())
                .isEqualTo(uses.stream().map(Use::day).min(LocalDate::compareTo).orElseThrow());
        tally.daysOf(FIRST, FIRST.plusDays(DAYS))
                .forEach(day ->
                        FEATURES.forEach(feature -> assertThat(day.features().getOrDefault(feature, 0L))
                                .as("%s on %s, seed %d", feature, day.date(), seed)
                                .isEqualTo(uses.stream()
                                        .filter(use -> use.day().equals(day.date())
                                                && use.feature().equals(feature))
                                        .count())));
    }

    private static int users(List<Use> uses, LocalDate from, LocalDate to) {
        return (int) uses.stream()
                .filter(use -> !use.day().isBefore(from) && !use.day().isAfter(to))
                .map(Use::user)
                .distinct()
                .count();
    }

    @Test
    void saysWhatIsNewAboutAnEvent() {
        EventTally tally = EventTally.empty();
        long day = FIRST.toEpochDay();
        assertThat(tally.count("ana", day, "search")).isEqualTo(News.USER_AND_FEATURE_OF_THE_DAY);
        assertThat(tally.count("ana", day, "search")).isEqualTo(News.NOTHING);
        assertThat(tally.count("ben", day, "search")).isEqualTo(News.USER_OF_THE_DAY);
        assertThat(tally.count("ana", day, "notebooks")).isEqualTo(News.FEATURE_OF_THE_DAY);
        assertThat(tally.count("ana", day + 1, "search")).isEqualTo(News.USER_AND_FEATURE_OF_THE_DAY);
    }

    @Test
    void aMonthThatIsNotHereIsNoMonthWithoutUsers() {
        // Given
        EventTally tally = EventTally.kept(YearMonth.parse("2025-02"), FIRST);
        // Then
        assertThat(tally.usersOf(YearMonth.parse("2025-02"))).isZero();
        assertThatThrownBy(() -> tally.usersOf(YearMonth.parse("2025-01")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("2025-01: not here (expected: 2025-02 or later)");
    }

    @Test
    void knowsWhatIsNewSinceItWasSettled() {
        // Given
        EventTally tally = EventTally.empty();
        tally.count("ana", FIRST.toEpochDay(), "search");
        tally.settled();

        // When
        tally.count("ana", FIRST.toEpochDay(), "search");
        tally.count("ben", FIRST.toEpochDay() + 1, "search");

        // Then
        assertThat(tally.newUsers()).containsExactly("ben");
        assertThat(tally.firstNewNumber()).isEqualTo(1);
        assertThat(tally.changedDays())
                .extracting(EventTally.Day::date, day -> day.newUsers().cardinality())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(FIRST, 0),
                        org.assertj.core.groups.Tuple.tuple(FIRST.plusDays(1), 1));
    }
}
