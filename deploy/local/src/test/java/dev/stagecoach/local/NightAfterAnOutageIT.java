package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** outreach-service is away while mails fall due, and back at night. Until it has read what time it is, its clock shows the day. */
class NightAfterAnOutageIT {

    private static final int MAILS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String WAITING = """
            select id, to_char(due_at at time zone 'UTC', 'MM-DD HH24:MI') || ' ' || waits_because from delivery
            where account = ? and step = 'day-3' and state = 'planned' and waits_because is not null
            """;

    @TempDir
    private static Path directory;

    @Test
    void whatFellDueMeanwhileWaitsForTheMorning() {
        try (var outreach = new OutreachAlone(directory)) {
            // Given
            outreach.start();
            outreach.customer("acme", MAILS);
            outreach.awaitEnds("acme", MAILS);
            outreach.kill();
            outreach.onDay(3);
            outreach.timePasses(LocalTime.of(22, 0), Duration.ofMinutes(10));

            // When
            outreach.start(Map.of("stagecoach.outreach.max-batch", "3"));

            // Then
            await().atMost(PATIENCE).until(() -> outreach.query(WAITING, "acme").size() == MAILS);
            assertThat(outreach.query(WAITING, "acme").values()).containsOnly("02-07 08:00 quiet-hours");
            outreach.onDay(4);
            outreach.awaitEnds("acme", 2 * MAILS);
            assertThat(outreach.ledger("acme").values()).containsOnly("sent");
        }
    }
}
