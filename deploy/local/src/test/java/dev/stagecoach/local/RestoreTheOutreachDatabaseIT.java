package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.local.MailTrap.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database of outreach-service is put back to a state of days ago. What it has forgotten, its topics have not. */
class RestoreTheOutreachDatabaseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    @Test
    void nothingIsSentAgain() {
        try (var outreach = new OutreachAlone(directory)) {
            // Given mails before the backup, after it to those known then, and to an account that came later
            outreach.start();
            outreach.customer("known", 6);
            outreach.awaitEnds("known", 6);
            outreach.kill();
            outreach.backup();
            outreach.start();
            outreach.onDay(3);
            outreach.awaitEnds("known", 12);
            outreach.customer("new", 6);
            outreach.awaitEnds("new", 6);
            outreach.mails.cutAt(Stage.DOT, 2);
            outreach.onDay(7);
            outreach.awaitEnds("known", 18);
            outreach.awaitEnds("new", 12);
            var before = Map.of("known", outreach.ledger("known"), "new", outreach.ledger("new"));
            List<String> received = outreach.mails.received();
            awaitTold(outreach);
            outreach.kill();

            // When
            outreach.restore();
            outreach.start();
            outreach.onDay(8);
            outreach.awaitEnds("known", 18);
            outreach.awaitEnds("new", 12);

            // Then
            assertThat(outreach.mails.received()).containsExactlyElementsOf(received);
            assertThat(outreach.ledger("known")).isEqualTo(before.get("known"));
            assertThat(outreach.ledger("new")).isEqualTo(before.get("new"));
            assertThat(outreach.ledger("%").values())
                    .filteredOn("unknown"::equals)
                    .hasSize(2);

            // When what is due later comes
            outreach.onDay(14);
            outreach.awaitEnds("known", 24);

            // Then it is sent, once
            assertThat(new HashSet<>(outreach.mails.received()))
                    .hasSize(outreach.mails.received().size())
                    .hasSizeGreaterThan(received.size());
        }
    }

    /** Until all news has left the outbox. */
    private static void awaitTold(OutreachAlone outreach) {
        await().atMost(PATIENCE)
                .until(() -> outreach.query("select 'rows', count(*)::text from outbox where ? = ''", "")
                        .equals(Map.of("rows", "0")));
    }
}
