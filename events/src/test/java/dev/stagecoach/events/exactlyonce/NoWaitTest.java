package dev.stagecoach.events.exactlyonce;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a record causes is published because it was committed, and not because somebody looks from time to time. */
class NoWaitTest {
    private static final Duration LOOKS_BY_ITSELF_AFTER = Duration.ofHours(1);

    @Test
    void eachCommitWakesTheRelay() throws SQLException {
        // Given
        try (Workplace workplace = Workplace.open();
                KeptConnections connections = new KeptConnections(workplace.database());
                Member member = new Member(
                        workplace.settings(100),
                        connections.dataSource(),
                        new Ledger(workplace.decisions),
                        LOOKS_BY_ITSELF_AFTER)) {
            member.start();
            for (int second = 0; second < 20; second++) {
                int applied = second + 1;
                // When
                workplace.produce(Records.usage(workplace.usage, "account-" + second % 7, second));
                // Then
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> workplace.count("applied") == applied && workplace.count("outbox") == 0);
            }
        }
    }
}
