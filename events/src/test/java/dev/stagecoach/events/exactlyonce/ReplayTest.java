package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.EventHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was read before is read again, to make state anew: it tells nothing twice, and what comes after it is told. */
class ReplayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Random random = new Random(7);
    private Workplace workplace;
    private DeliveryGuarantee guarantee;

    @BeforeEach
    void openWorkplace() {
        workplace = Workplace.open();
        guarantee = new DeliveryGuarantee(workplace);
    }

    @AfterEach
    void closeWorkplace() {
        workplace.close();
    }

    @Test
    void makesTheSameStateAnewAndPublishesOnlyWhatIsNew() {
        // Given
        guarantee.produce(random, 400);
        try (Member first = member()) {
            first.start();
            guarantee.assertHeld(PATIENCE);
        }
        List<Object> published =
                workplace.published().stream().map(ReplayTest::place).toList();
        guarantee.produce(random, 100);
        // When
        workplace.execute("""
                truncate applied, total;
                update consumed_offset set replay_until = next_offset, next_offset = 0;
                """);
        try (Member again = member()) {
            again.start();
            // Then
            await().atMost(PATIENCE).until(() -> workplace.count("applied") == guarantee.produced());
            await().atMost(PATIENCE).until(() -> workplace.count("outbox") == 0);
        }
        assertThat(workplace.published()).hasSize(guarantee.produced());
        assertThat(workplace.published().stream().map(ReplayTest::place)).containsAll(published);
        assertThat(workplace.published().stream()
                        .map(one -> EventHeaders.ID.read(one.headers()).orElseThrow()))
                .as("decisions, each once")
                .containsExactlyInAnyOrderElementsOf(workplace.query("select id from applied").stream()
                        .map(id -> DecisionId.of("test", id))
                        .toList());
        assertThat(workplace.query("select sum(records) from total")).containsExactly("500");
    }

    private Member member() {
        return new Member(workplace.settings(20), workplace.database(), new Ledger(workplace.decisions));
    }

    private static Object place(ConsumerRecord<String, byte[]> one) {
        return List.of(one.partition(), one.offset(), String.valueOf(one.key()));
    }
}
