package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.events.UsageEvent;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
    private Workplace workplace;

    @BeforeEach
    void openWorkplace() {
        workplace = Workplace.open();
    }

    @AfterEach
    void closeWorkplace() {
        workplace.close();
    }

    @Test
    void publishesWhatWasCommittedBeforeARestart() throws SQLException, UnreadableEventException {
        // Given
        Event<?> decided = Records.usage(workplace.decisions, "acme", 1);
        commit(List.of(decided));
        // When
        try (OutboxRelay relay = relay()) {
            relay.start();
            awaitEmptyOutbox();
        }
        // Then
        List<ConsumerRecord<String, byte[]>> published = workplace.published();
        assertThat(published).hasSize(1);
        assertThat(EventCodec.read(published.get(0))).contains(decided);
        assertThat(published.get(0).timestamp()).isEqualTo(decided.time().toEpochMilli());
    }

    @Test
    void keepsTheOrderOfAnAccountHoweverMuchThereIs() throws SQLException {
        // Given
        List<? extends Event<?>> decided = IntStream.range(0, 2500)
                .mapToObj(second -> Records.usage(workplace.decisions, "acme", second))
                .toList();
        commit(decided);
        // When
        try (OutboxRelay relay = relay();
                OutboxRelay replica = relay()) {
            relay.start();
            replica.start();
            awaitEmptyOutbox();
        }
        // Then
        assertThat(workplace.published())
                .extracting(ConsumerRecord::timestamp)
                .containsExactlyElementsOf(decided.stream()
                        .map(event -> event.time().toEpochMilli())
                        .toList());
    }

    @Test
    void publishesNothingOfATransactionThatRolledBack() throws SQLException {
        // Given
        try (Connection transaction = workplace.database().getConnection()) {
            transaction.setAutoCommit(false);
            Outbox.add(transaction, Records.usage(workplace.decisions, "acme", 1));
            transaction.rollback();
        }
        commit(List.of(Records.usage(workplace.decisions, "acme", 2)));
        // When
        try (OutboxRelay relay = relay()) {
            relay.start();
            awaitEmptyOutbox();
        }
        // Then
        assertThat(workplace.published()).hasSize(1);
    }

    @Test
    void publishesWhatIsLeftWhenItCloses() throws SQLException {
        // Given
        OutboxRelay relay = relay();
        relay.start();
        commit(List.of(Records.usage(workplace.decisions, "acme", 1)));
        // When
        relay.close();
        // Then
        assertThat(workplace.count("outbox")).isZero();
        assertThat(relay.problem()).contains("closed");
        assertThat(relay.stopped()).isEmpty();
    }

    @Test
    void gathersWhatComesSoonAfterOthersUntilItCloses() throws SQLException {
        // Given
        OutboxRelay relay = new OutboxRelay(
                KafkaConnection.to(workplace.bootstrapServers()), workplace.database(), Duration.ofHours(1));
        relay.start();
        commit(List.of(Records.usage(workplace.decisions, "acme", 1)));
        relay.wake();
        awaitEmptyOutbox();
        // When
        commit(List.of(Records.usage(workplace.decisions, "acme", 2)));
        relay.wake();
        // Then
        assertThat(workplace.count("outbox")).isEqualTo(1);
        relay.close();
        assertThat(workplace.count("outbox")).isZero();
        assertThat(workplace.published()).hasSize(2);
    }

    @Test
    void withoutABrokerKeepsEverythingAndHoldsNobodyUp() throws SQLException {
        // Given
        commit(IntStream.range(0, 20)
                .mapToObj(second -> Records.usage(workplace.decisions, "acme", second))
                .toList());
        OutboxRelay stranded = new OutboxRelay(KafkaConnection.to("127.0.0.1:1"), workplace.database());
        stranded.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> stranded.problem().isPresent());
        // When
        try (OutboxRelay relay = relay()) {
            relay.start();
            awaitEmptyOutbox();
        }
        // Then
        assertThat(workplace.published()).hasSize(20);
        stranded.close();
    }

    @Test
    void deadLettersThatKafkaRefusesKeepNoEventBack() throws SQLException {
        // Given
        ConsumerRecord<String, byte[]> poison = new ConsumerRecord<>(workplace.usage, 0, 7, "acme", new byte[] {'?'});
        try (Connection transaction = workplace.database().getConnection()) {
            transaction.setAutoCommit(false);
            new DeadLetters(workplace.settings(1).withDeadLettersIn("not a name that Kafka takes"))
                    .setAside(transaction, poison, DeadLetters.Kind.UNREADABLE, "no event");
            Outbox.add(transaction, Records.usage(workplace.decisions, "acme", 1));
            transaction.commit();
        }
        // When
        try (OutboxRelay relay = relay()) {
            relay.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> relay.blocked().orElse("").contains("not a name that Kafka takes"));
            commit(List.of(Records.usage(workplace.decisions, "acme", 2)));
            // Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(workplace.published()).hasSize(2));
            assertThat(relay.problem()).isEmpty();
        }
        assertThat(workplace.query("select topic from outbox")).containsExactly("not a name that Kafka takes");
    }

    @Test
    void aRelayThatAnErrorEndsSaysSo() {
        // Given
        DataSource broken = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new NoClassDefFoundError("half a deployment");
                });
        // When
        try (OutboxRelay relay = new OutboxRelay(KafkaConnection.to(workplace.bootstrapServers()), broken)) {
            relay.start();
            // Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(relay.stopped())
                            .contains("stopped: java.lang.NoClassDefFoundError: half a deployment"));
        }
    }

    @Test
    void anEventThatKafkaWouldRefuseDoesNotGetIntoTheOutbox() throws SQLException {
        // Given
        Event<UsageEvent> usual = Records.usage(workplace.decisions, "acme", 1);
        UsageEvent data = usual.data();
        Event<UsageEvent> huge = Event.of(
                        "huge",
                        usual.type(),
                        usual.source(),
                        "acme",
                        usual.time(),
                        null,
                        new UsageEvent(
                                data.id(),
                                "acme",
                                null,
                                "user-1",
                                "x".repeat(900_000),
                                "code-search",
                                null,
                                data.at(),
                                data.receivedAt(),
                                null))
                .on(workplace.decisions);
        // When
        assertThatThrownBy(() -> commit(List.of(usual, huge)))
                // Then
                .isInstanceOf(EventTooLargeException.class)
                .hasMessageStartingWith("stagecoach.usage.event.v1 of acme: 900")
                .hasMessageEndingWith(" bytes (expected: at most 900000)");
        assertThat(workplace.count("outbox")).isZero();
    }

    @Test
    void aRowThatTheProducerRefusesAsTooLargeIsSetAsideAndTheOthersGoOn() throws SQLException {
        // Given
        commit(IntStream.range(0, 5)
                .mapToObj(second -> Records.usage(workplace.decisions, "acme", second))
                .toList());
        workplace.execute(
                "update outbox set value = convert_to(repeat('x', 1100000), 'UTF8') where id = 'usage-acme-2'");
        // When
        try (OutboxRelay relay = relay()) {
            relay.start();
            awaitEmptyOutbox();
        }
        // Then
        assertThat(workplace.published()).hasSize(4);
        assertThat(workplace.query(
                        "select concat_ws(' ', topic, partition, kind, length(value), key) from dead_letter"))
                .containsExactly(workplace.decisions + " -1 unpublishable 1100000 \\x61636d65");
        assertThat(workplace.query("select reason from dead_letter"))
                .singleElement(STRING)
                .startsWith("stagecoach.usage.event.v1 usage-acme-2: The message is 1100");
    }

    @Test
    void aRowThatTheBrokerRefusesAsTooLargeIsSetAsideAndTheOthersGoOn() throws SQLException {
        // Given
        workplace.takeNoRecordAbove(50_000);
        commit(IntStream.range(0, 5)
                .mapToObj(second -> Records.usage(workplace.decisions, "acme", second))
                .toList());
        workplace.execute("update outbox set value = (select convert_to(string_agg(md5(n::text), ''), 'UTF8')"
                + " from generate_series(1, 3200) as n) where id = 'usage-acme-2'");
        // When
        try (OutboxRelay relay = relay()) {
            relay.start();
            awaitEmptyOutbox();
        }
        // Then
        assertThat(workplace.published()).hasSize(4);
        assertThat(workplace.query("select topic || ' ' || kind || ' ' || length(value) from dead_letter"))
                .containsExactly(workplace.decisions + " unpublishable 102400");
    }

    private OutboxRelay relay() {
        return new OutboxRelay(KafkaConnection.to(workplace.bootstrapServers()), workplace.database());
    }

    private void commit(List<? extends Event<?>> events) throws SQLException {
        try (Connection transaction = workplace.database().getConnection()) {
            transaction.setAutoCommit(false);
            Outbox.addAll(transaction, events);
            transaction.commit();
        }
    }

    private void awaitEmptyOutbox() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> workplace.count("outbox") == 0);
    }
}
