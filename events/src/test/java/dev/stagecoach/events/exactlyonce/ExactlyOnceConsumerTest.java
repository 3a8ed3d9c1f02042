package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ExactlyOnceConsumerTest {
    /** A member that does not come back for its next batch within this time has lost its partitions. */
    private static final Map<String, Object> SOON_GIVEN_UP = Map.of(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 1_500);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Workplace workplace;

    @BeforeEach
    void openWorkplace() {
        workplace = opens(Workplace.open());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void appliesEachRecordOnceAndPublishesWhatItCaused() {
        // Given
        Event<?> usage = Records.usage(workplace.usage, "acme", 1);
        workplace.produce(usage);
        // When
        start(new Ledger(workplace.decisions), workplace.database());
        // Then
        awaiting().untilAsserted(() -> assertThat(workplace.published()).hasSize(1));
        assertThat(workplace.query("select id from applied")).containsExactly(usage.id());
    }

    @Test
    void anOwnerThatWakesUpBeforeItsTransactionFailsOnTheOffsetCheckAndWritesNothing() {
        // Given
        CountDownLatch wakeUp = new CountDownLatch(1);
        AtomicBoolean asleep = new AtomicBoolean();
        AtomicInteger handledByOldOwner = new AtomicInteger();
        DataSource pausing = new PausingDatabase(workplace, wakeUp, asleep);
        BatchHandler<Received> counting = new ForwardingHandler(new Ledger(workplace.decisions)) {
            @Override
            void beforeHandling(List<Received> batch) {
                handledByOldOwner.addAndGet(batch.size());
            }
        };
        opens(new Member(workplace.settings(10), SOON_GIVEN_UP, pausing, counting))
                .start();
        awaiting().until(() -> workplace.count("consumed_offset") == 2 * Workplace.PARTITIONS);
        asleep.set(true);
        workplace.produce(Records.usage(workplace.usage, "acme", 1));
        awaiting().until(() -> !asleep.get());
        opens(new Member(workplace.settings(10), SOON_GIVEN_UP, workplace.database(), new Ledger(workplace.decisions)))
                .start();
        awaiting().until(() -> workplace.count("applied") == 1);
        // When
        wakeUp.countDown();
        workplace.produce(Records.usage(workplace.usage, "acme", 2));
        // Then
        awaiting().until(() -> workplace.count("applied") >= 2);
        assertThat(workplace.query("select id from applied")).containsExactlyInAnyOrder("usage-acme-1", "usage-acme-2");
        assertThat(handledByOldOwner.get())
                .as("records that the old owner got to handle")
                .isLessThan(2);
        assertThat(workplace.query("select records from total")).containsExactly("2");
    }

    @Test
    void aNewOwnerWaitsForTheTransactionOfTheOldOneAndDoesNotRepeatIt() {
        // Given
        CountDownLatch wakeUp = new CountDownLatch(1);
        AtomicBoolean asleep = new AtomicBoolean();
        BatchHandler<Received> pausing = new ForwardingHandler(new Ledger(workplace.decisions)) {
            @Override
            void afterHandling() {
                if (!asleep.getAndSet(true)) {
                    waitFor(wakeUp);
                }
            }
        };
        opens(new Member(workplace.settings(10), SOON_GIVEN_UP, workplace.database(), pausing))
                .start();
        workplace.produce(Records.usage(workplace.usage, "acme", 1));
        awaiting().untilTrue(asleep);
        opens(new Member(workplace.settings(10), SOON_GIVEN_UP, workplace.database(), new Ledger(workplace.decisions)))
                .start();
        awaiting()
                .until(() -> !workplace
                        .query(
                                "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                        .isEmpty());
        // When
        wakeUp.countDown();
        workplace.produce(Records.usage(workplace.usage, "acme", 2));
        // Then
        awaiting().until(() -> workplace.count("applied") >= 2);
        assertThat(workplace.query("select id from applied order by seq"))
                .containsExactly("usage-acme-1", "usage-acme-2");
        assertThat(workplace.query("select records from total")).containsExactly("2");
    }

    @Test
    void anUnreadableRecordIsSetAsideAndTheNextOnesGoOn() {
        // Given
        ProducerRecord<String, byte[]> good = EventCodec.toRecord(Records.usage(workplace.usage, "acme", 1));
        ProducerRecord<String, byte[]> bad = new ProducerRecord<>(
                workplace.usage,
                null,
                "acme",
                "{\"account\":\"ac\\u0000me\"".getBytes(StandardCharsets.UTF_8),
                good.headers());
        ProducerRecord<String, byte[]> nameless =
                new ProducerRecord<>(workplace.usage, "acme", "?".getBytes(StandardCharsets.UTF_8));
        workplace.produce(bad);
        workplace.produce(nameless);
        workplace.produce(good);
        // When
        start(new Ledger(workplace.decisions), workplace.database());
        // Then
        awaiting().until(() -> workplace.count("applied") == 1);
        assertThat(workplace.query("select reason from dead_letter order by at_offset"))
                .containsExactly(
                        "stagecoach.usage.event.v1: holds the character U+0000, which no database text can",
                        "no ce_type header");
    }

    @Test
    void aTypeOfALaterVersionIsSkipped() {
        // Given
        ProducerRecord<String, byte[]> unknown = new ProducerRecord<>(workplace.usage, "acme", new byte[0]);
        unknown.headers().add("ce_type", "stagecoach.usage.dream.v9".getBytes(StandardCharsets.UTF_8));
        workplace.produce(unknown);
        workplace.produce(Records.usage(workplace.usage, "acme", 1));
        // When
        start(new Ledger(workplace.decisions), workplace.database());
        // Then
        awaiting().until(() -> workplace.count("applied") == 1);
        assertThat(workplace.count("dead_letter")).isZero();
    }

    @Test
    void aRecordThatCannotBeAppliedHoldsUpItsOwnPartitionAndIsNamed() {
        // Given
        AtomicBoolean repaired = new AtomicBoolean();
        BatchHandler<Received> picky = new ForwardingHandler(new Ledger(workplace.decisions)) {
            @Override
            void beforeHandling(List<Received> batch) {
                if (!repaired.get()
                        && batch.stream().anyMatch(one -> one.event().id().equals("usage-acme-5"))) {
                    throw new IllegalStateException("cannot stand the fifth");
                }
            }
        };
        List<Event<?>> all = new ArrayList<>();
        for (int second = 1; second <= 10; second++) {
            for (String account : List.of("acme", "bolt", "corp", "dune", "echo", "fern")) {
                all.add(Records.usage(workplace.usage, account, second));
            }
        }
        workplace.produceAll(all);
        // When
        Member member = start(picky, workplace.database());
        // Then
        awaiting().until(() -> member.consumer.blocked().isPresent());
        assertThat(member.consumer.blocked().orElseThrow()).contains(workplace.usage, "cannot stand the fifth");
        assertThat(member.consumer.problem()).isEmpty();
        assertThat(workplace.query("select id from applied where account = 'acme' order by seq"))
                .containsExactly("usage-acme-1", "usage-acme-2", "usage-acme-3", "usage-acme-4");
        String partition = workplace
                .query("select partition from applied where account = 'acme'")
                .get(0);
        assertThat(workplace.query("select account from applied where partition <> " + partition
                        + " group by account having count(*) <> 10"))
                .as("accounts elsewhere that are behind")
                .isEmpty();
        // And when
        repaired.set(true);
        // Then
        awaiting().until(() -> workplace.count("applied") == all.size());
        awaiting().until(() -> member.consumer.blocked().isEmpty());
        assertThat(workplace.query("select records from total where records <> 10"))
                .isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsAProblemUntilItIsBack() {
        // Given
        PGSimpleDataSource away = (PGSimpleDataSource) workplace.database();
        int[] port = away.getPortNumbers();
        away.setPortNumbers(new int[] {1});
        workplace.produce(Records.usage(workplace.usage, "acme", 1));
        Member member = start(new Ledger(workplace.decisions), away);
        awaiting().until(() -> member.consumer.problem().orElse("").contains("refused"));
        // When
        away.setPortNumbers(port);
        // Then
        awaiting().until(() -> workplace.count("applied") == 1);
        awaiting().until(() -> member.consumer.problem().isEmpty());
    }

    @Test
    void aBrokerThatIsAwayIsAProblemAndNoObstacleToClosing() {
        // Given
        for (String address : List.of("127.0.0.1:1", "no-such-host.invalid:9092")) {
            ConsumerSettings nowhere = new ConsumerSettings(address, "group", List.of(workplace.usage), 10);
            Member member = new Member(nowhere, workplace.database(), new Ledger(workplace.decisions));
            // When
            member.start();
            // Then
            awaiting().until(() -> member.consumer.problem().isPresent());
            member.close();
            assertThat(member.consumer.problem()).contains("closed");
            assertThat(member.consumer.stopped()).isEmpty();
        }
    }

    @Test
    void topicsWithDifferentNumbersOfPartitionsAreAProblem() {
        // Given
        Workplace uneven = opens(Workplace.open(2));
        // When
        Member member = opens(new Member(uneven.settings(10), uneven.database(), new Ledger(uneven.decisions)));
        member.start();
        // Then
        awaiting()
                .untilAsserted(() -> assertThat(member.consumer.problem().orElse(""))
                        .contains("not assigned: " + uneven.pings + "-2, " + uneven.pings + "-3"));
    }

    @Test
    void offsetsOfAnotherLogAreAProblem() {
        // Given
        workplace.execute("insert into consumed_offset values ('" + workplace.usage + "', 0, 17)");
        // When
        Member member = start(new Ledger(workplace.decisions), workplace.database());
        // Then
        awaiting()
                .untilAsserted(() -> assertThat(member.consumer.problem().orElse(""))
                        .contains(workplace.usage + "-0: consumed up to 17, but it ends at 0"));
    }

    @Test
    void anErrorStopsTheMemberVisibly() {
        // Given
        BatchHandler<Received> broken = (transaction, batch) -> {
            throw new NoClassDefFoundError("half a deployment");
        };
        workplace.produce(Records.usage(workplace.usage, "acme", 1));
        // When
        Member member = start(broken, workplace.database());
        // Then
        awaiting()
                .untilAsserted(() -> assertThat(member.consumer.problem())
                        .contains("stopped: java.lang.NoClassDefFoundError: half a deployment"));
        assertThat(member.consumer.stopped()).isEqualTo(member.consumer.problem());
        assertThat(workplace.query("select next_offset from consumed_offset where next_offset > 0"))
                .isEmpty();
    }

    @Test
    void theHandlerIsToldToForgetWhenItsTransactionFails() {
        // Given
        List<String> told = new CopyOnWriteArrayList<>();
        AtomicBoolean failed = new AtomicBoolean();
        BatchHandler<Received> handler = new BatchHandler<Received>() {
            @Override
            public void handle(Connection transaction, List<Received> batch) throws SQLException {
                told.add("handle");
                if (!failed.getAndSet(true)) {
                    throw new SQLException("once");
                }
            }

            @Override
            public void assigned(Set<Integer> partitions) {
                told.add("assigned " + partitions.size());
            }

            @Override
            public void revoked(Set<Integer> partitions) {
                told.add("revoked " + partitions.size());
            }
        };
        Member member = start(handler, workplace.database());
        awaiting().until(() -> told.contains("assigned 4"));
        // When
        workplace.produce(Records.usage(workplace.usage, "acme", 1));
        awaiting().until(() -> told.size() == 5);
        member.close();
        // Then
        assertThat(told).containsExactly("assigned 4", "handle", "revoked 1", "assigned 1", "handle", "revoked 4");
    }

    @Test
    void aNamedReplicaThatStartsTwiceStopsTheFirst() {
        // Given
        ConsumerSettings named = workplace.settings(10).ofReplica("replica-1");
        Member first = opens(new Member(named, workplace.database(), new Ledger(workplace.decisions)))
                .start();
        awaiting().until(() -> first.consumer.problem().isEmpty());
        // When
        opens(new Member(named, workplace.database(), new Ledger(workplace.decisions)))
                .start();
        // Then
        awaiting()
                .untilAsserted(() ->
                        assertThat(first.consumer.stopped()).contains("another process runs under the name replica-1"));
    }

    @Test
    void theConsumersOfOneProcessShareItsPartitionsAndCountTogether() {
        // Given
        Member first = start(new Ledger(workplace.decisions), workplace.database());
        Member second = start(new Ledger(workplace.decisions), workplace.database());
        awaiting().until(() -> ownedBy(first).size() == 4 && ownedBy(second).size() == 4);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new ExactlyOnceMetrics(List.of(first.consumer, second.consumer), second.relay).bindTo(meters);
        // When
        DeliveryGuarantee guarantee = new DeliveryGuarantee(workplace);
        guarantee.produce(new Random(1), 200);
        guarantee.assertHeld(Duration.ofSeconds(20));
        // Then
        awaiting()
                .untilAsserted(() -> assertThat(meters.get("stagecoach.consumer.records.applied")
                                .functionCounter()
                                .count())
                        .isEqualTo(200));
        assertThat(first.consumer.figures().applied.sum()).isBetween(1L, 199L);
        assertThat(ownedBy(first)).doesNotContainAnyElementsOf(ownedBy(second));
        // The lag is measured now and then, not with each commit.
        awaiting()
                .untilAsserted(
                        () -> assertThat(meters.get("stagecoach.consumer.lag").gauges())
                                .as("each partition of both topics")
                                .hasSize(8)
                                .allSatisfy(lag -> assertThat(lag.value()).isZero()));
    }

    private static Set<TopicPartition> ownedBy(Member member) {
        return member.consumer.figures().lags().keySet();
    }

    private Member start(BatchHandler<Received> handler, DataSource database) {
        return opens(new Member(workplace.settings(10), database, handler)).start();
    }

    private <T extends AutoCloseable> T opens(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private static ConditionFactory awaiting() {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions();
    }

    static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
