package dev.stagecoach.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.bench.Counts.Comparison;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQL counts in a log, and whether it notices who counts otherwise. */
class CountsTest {

    private static final String RIGHT = """
            day-users,acme,2026-01-31,"",2
            day-users,acme,2026-02-01,"",1
            month-users,acme,2026-01-01,"",2
            month-users,acme,2026-02-01,"",1
            day-features,acme,2026-01-31,search,2
            day-features,acme,2026-01-31,own,1
            day-features,acme,2026-02-01,search,1
            """;

    @TempDir
    private static Path temporary;

    private static Bed bed;
    private static Counts counts;

    @BeforeAll
    static void aLogOfFourEvents() {
        bed = Bed.make(new Place(temporary, temporary.resolve("bench")));
        try (var log = new EventLog(bed.kafka())) {
            log.write(used("1", "ann", "search", "2026-01-31T23:59:59Z"));
            log.write(used("2", "ann", "search", "2026-01-31T10:00:00Z"));
            log.write(used("3", "bob", "own", "2026-01-31T10:00:00Z"));
            log.write(used("4", "ann", "search", "2026-02-01T00:00:00Z"));
            log.flush();
        }
        counts = new Counts(bed, "counts");
        counts.expect(EventLog.ends(bed.kafka(), List.of(Topics.USAGE_EVENTS)));
    }

    @AfterAll
    static void stop() {
        counts.close();
        bed.close();
        assertThat(temporary.resolve("bench/temporary")).doesNotExist();
    }

    private static Event<UsageEvent> used(String id, String user, String feature, String at) {
        var time = Instant.parse(at);
        var event = new UsageEvent(id, "acme", null, user, "Feature Used", feature, null, time, time, null);
        return Event.of(id, EventType.USAGE_EVENT, "/test", "acme", time, null, event);
    }

    private static List<Comparison> comparedWith(String csv) throws IOException {
        var file = Files.writeString(temporary.resolve("counts.csv"), csv);
        counts.take("somebody", file);
        return counts.compare("somebody");
    }

    @Test
    void whoCountsAsSqlDoesIsRight() throws IOException {
        assertThat(comparedWith(RIGHT))
                .containsExactly(
                        new Comparison("somebody", "day-features", 3, 3, 0, ""),
                        new Comparison("somebody", "day-users", 2, 2, 0, ""),
                        new Comparison("somebody", "month-users", 2, 2, 0, ""))
                .noneMatch(Comparison::isWrong);
    }

    @Test
    void whoCountsOneTooManyOrLeavesOneOutIsWrong() throws IOException {
        // When
        var comparisons = comparedWith(RIGHT.replace("own,1", "own,2")
                .replace("day-users,acme,2026-02-01,\"\",1\n", "day-users,acme,2026-02-02,\"\",1\n"));

        // Then
        assertThat(comparisons)
                .containsExactly(
                        new Comparison("somebody", "day-features", 3, 3, 1, "acme 2026-01-31 own: 2 (expected: 1)"),
                        new Comparison("somebody", "day-users", 2, 2, 2, "acme 2026-02-01: nothing (expected: 1)"),
                        new Comparison("somebody", "month-users", 2, 2, 0, ""));
        assertThat(comparisons.stream().filter(Comparison::isWrong).map(Comparison::kind))
                .containsExactly("day-features", "day-users");
    }

    @Test
    void whatSomebodyDoesNotCountIsNotWrong() throws IOException {
        // When
        var comparisons = comparedWith(RIGHT.lines()
                .filter(line -> !line.startsWith("day-features"))
                .reduce("", (all, line) -> all + line + "\n"));

        // Then
        assertThat(comparisons)
                .contains(new Comparison(
                        "somebody", "day-features", 3, 0, 3, "acme 2026-01-31 own: nothing (expected: 1)"));
        assertThat(comparisons).noneMatch(Comparison::isWrong);
    }
}
