package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record that cannot be read or applied stops nothing, and is told with all that came with it. */
class PoisonTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Workplace workplace;
    private Member member;

    @BeforeEach
    void openWorkplace() {
        workplace = Workplace.open();
    }

    @AfterEach
    void closeAll() {
        member.close();
        workplace.close();
    }

    @Test
    void anUnreadableRecordGoesToTheTopicOfDeadLettersAsItCame() {
        // Given
        byte[] bytes = {(byte) 0xff, 0, '{'};
        ProducerRecord<String, byte[]> poison =
                new ProducerRecord<>(workplace.usage, 2, 1_700_000_000_000L, "ac\0me", bytes);
        poison.headers().add("ce_type", text("stagecoach.usage.event.v1"));
        poison.headers().add("ce_id", text("of somebody else"));
        poison.headers().add("tr\0ce", bytes);
        poison.headers().add("tr\0ce", null);
        workplace.produce(poison);
        // When
        start(new Ledger(workplace.decisions));
        // Then
        ConsumerRecord<String, byte[]> letter = awaitDeadLetter();
        assertThat(letter.key()).isEqualTo("ac\0me");
        assertThat(letter.value()).isEqualTo(bytes);
        assertThat(Arrays.copyOf(letter.headers().toArray(), 4))
                .isEqualTo(poison.headers().toArray());
        assertThat(deadLetterHeaders(letter))
                .containsEntry("dead_letter_kind", "unreadable")
                .containsEntry("dead_letter_topic", workplace.usage)
                .containsEntry("dead_letter_partition", "2")
                .containsEntry("dead_letter_offset", "0")
                .containsEntry("dead_letter_timestamp", "1700000000000")
                .hasEntrySatisfying(
                        "dead_letter_reason",
                        reason -> assertThat(reason).startsWith("stagecoach.usage.event.v1: not JSON"));
        assertThat(
                        workplace.query(
                                "select encode(value, 'hex') || encode(key, 'escape') || header_values[3]::text from dead_letter"))
                .containsExactly("ff007b" + "ac\\000me" + "\\xff007b");
    }

    @Test
    void aTombstoneIsADeadLetterWithoutAValue() {
        // Given
        ProducerRecord<String, byte[]> tombstone = new ProducerRecord<>(workplace.usage, "acme", null);
        tombstone.headers().add("ce_type", text("stagecoach.usage.event.v1"));
        workplace.produce(tombstone);
        // When
        start(new Ledger(workplace.decisions));
        // Then
        ConsumerRecord<String, byte[]> letter = awaitDeadLetter();
        assertThat(letter.value()).isNull();
        assertThat(letter.key()).isEqualTo("acme");
    }

    @Test
    void aGroupMayTellItsDeadLettersInTheTopicOfAnother() {
        // Given
        workplace.produce(new ProducerRecord<>(workplace.usage, "acme", new byte[] {'?'}));
        // When
        start(workplace.settings(10).withDeadLettersIn(workplace.decisions), new Ledger(workplace.decisions));
        // Then
        awaiting().until(() -> !workplace.readAll(workplace.decisions).isEmpty());
        assertThat(workplace.readAll(workplace.decisions))
                .singleElement()
                .satisfies(letter ->
                        assertThat(deadLetterHeaders(letter)).containsEntry("dead_letter_topic", workplace.usage));
        assertThat(workplace.readAll(workplace.deadLetters())).isEmpty();
    }

    @Test
    void aRecordTooLargeToBeToldIsNamedAndKept() {
        // Given
        byte[] large = new byte[950_000];
        workplace.produce(new ProducerRecord<>(workplace.usage, "acme", large));
        // When
        start(new Ledger(workplace.decisions));
        // Then
        ConsumerRecord<String, byte[]> letter = awaitDeadLetter();
        assertThat(letter.value()).isNull();
        assertThat(deadLetterHeaders(letter))
                .containsEntry("dead_letter_left_out", "950004 bytes, kept in the table dead_letter");
        assertThat(workplace.query("select length(value) from dead_letter")).containsExactly("950000");
    }

    @Test
    void aRecordThatTheHandlerFailsAtIsIsolatedTriedFiveTimesAloneAndSetAside() {
        // Given
        AtomicInteger aloneTries = new AtomicInteger();
        BatchHandler<Received> picky = new ForwardingHandler(new Ledger(workplace.decisions)) {
            @Override
            void beforeHandling(List<Received> batch) {
                if (batch.stream().anyMatch(one -> one.event().id().equals("usage-acme-5"))) {
                    aloneTries.addAndGet(batch.size() == 1 ? 1 : 0);
                    throw new IllegalStateException("cannot stand the fifth");
                }
            }
        };
        List<Event<?>> all = usageOf("acme", "bolt", "corp", "dune");
        workplace.produceAll(all);
        // When
        start(picky);
        // Then
        ConsumerRecord<String, byte[]> letter = awaitDeadLetter();
        awaiting().until(() -> workplace.count("applied") == all.size() - 1);
        assertThat(aloneTries).hasValue(Trouble.MOST_TRIES);
        assertThat(letter.value()).isEqualTo(EventCodec.toRecord(all.get(4)).value());
        assertThat(deadLetterHeaders(letter))
                .containsEntry("dead_letter_kind", "inapplicable")
                .containsEntry("dead_letter_reason", "java.lang.IllegalStateException: cannot stand the fifth");
        assertThat(workplace.query("select id from applied where account = 'acme' order by seq"))
                .hasSize(9)
                .doesNotContain("usage-acme-5");
        awaiting().until(() -> member.consumer.blocked().isEmpty());
        assertThat(member.consumer.problem()).isEmpty();
        assertCountersAddUp(40, 39, 0, 0, 1);
    }

    @Test
    void aRecordThatTheDatabaseRefusesForItsDataIsSetAsideToo() {
        // Given
        workplace.execute("alter table applied add constraint no_third check (id <> 'usage-acme-3')");
        List<Event<?>> all = usageOf("acme");
        workplace.produceAll(all);
        // When
        start(new Ledger(workplace.decisions));
        // Then
        assertThat(deadLetterHeaders(awaitDeadLetter()).get("dead_letter_reason"))
                .contains("no_third");
        awaiting().until(() -> workplace.count("applied") == 9);
    }

    @Test
    void whatTheDatabaseCannotDoNowIsWaitedForAndNeverSetAside() {
        // Given
        AtomicInteger failures = new AtomicInteger();
        BatchHandler<Received> waiting = new ForwardingHandler(new Ledger(workplace.decisions)) {
            @Override
            public void handle(Connection transaction, List<Received> batch) throws SQLException {
                if (workplace.count("repaired") == 0) {
                    failures.incrementAndGet();
                    try (PreparedStatement full = transaction.prepareStatement(
                            "do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$")) {
                        full.execute();
                    }
                }
                super.handle(transaction, batch);
            }
        };
        workplace.execute("create table repaired (at timestamptz)");
        workplace.produceAll(usageOf("acme"));
        start(waiting);
        awaiting().until(() -> failures.get() > Trouble.MOST_TRIES + 3);
        assertThat(member.consumer.problem().orElse("")).contains("could not extend file");
        assertThat(gauge("stagecoach.consumer.problem")).isOne();
        // When
        workplace.execute("insert into repaired values (now())");
        // Then
        awaiting().until(() -> workplace.count("applied") == 10);
        awaiting().until(() -> member.consumer.problem().isEmpty());
        assertThat(workplace.count("dead_letter")).isZero();
        assertCountersAddUp(10, 10, 0, 0, 0);
    }

    @Test
    void everyRecordThatIsReadIsCountedOnceByWhatBecameOfIt() {
        // Given
        workplace.produceAll(usageOf("acme", "bolt"));
        workplace.produce(new ProducerRecord<>(workplace.usage, "acme", text("?")));
        ProducerRecord<String, byte[]> unknown = new ProducerRecord<>(workplace.pings, "acme", new byte[0]);
        unknown.headers().add("ce_type", text("stagecoach.usage.dream.v9"));
        workplace.produce(unknown);
        workplace.produce(unknown);
        // When
        start(new Ledger(workplace.decisions));
        // Then
        awaiting().untilAsserted(() -> assertCountersAddUp(23, 20, 2, 1, 0));
        awaiting().until(() -> lag() == 0);
        awaiting().until(() -> gauge("stagecoach.outbox.rows") == 0 && gauge("stagecoach.outbox.oldest") == 0);
        assertThat(meters.get("stagecoach.consumer.lag").gauges()).hasSize(2 * Workplace.PARTITIONS);
        assertThat(gauge("stagecoach.consumer.problem")).isZero();
        assertThat(gauge("stagecoach.consumer.progress.age")).isLessThan(20);
    }

    private void assertCountersAddUp(int read, int applied, int skipped, int unreadable, int inapplicable) {
        Map<String, Double> counted = new TreeMap<>();
        meters.get("stagecoach.consumer.records.set.aside")
                .functionCounters()
                .forEach(counter -> counted.put(counter.getId().getTag("kind"), counter.count()));
        for (String name : List.of("read", "applied", "skipped")) {
            counted.put(
                    name,
                    meters.get("stagecoach.consumer.records." + name)
                            .functionCounter()
                            .count());
        }
        assertThat(counted)
                .containsEntry("read", (double) read)
                .containsEntry("applied", (double) applied)
                .containsEntry("skipped", (double) skipped)
                .containsEntry("unreadable", (double) unreadable)
                .containsEntry("inapplicable", (double) inapplicable);
        assertThat(read).isEqualTo(applied + skipped + unreadable + inapplicable);
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private double lag() {
        return meters.get("stagecoach.consumer.lag").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    private List<Event<?>> usageOf(String... accounts) {
        List<Event<?>> all = new ArrayList<>();
        for (String account : accounts) {
            for (int second = 1; second <= 10; second++) {
                all.add(Records.usage(workplace.usage, account, second));
            }
        }
        return all;
    }

    private void start(BatchHandler<Received> handler) {
        start(workplace.settings(10), handler);
    }

    private void start(ConsumerSettings settings, BatchHandler<Received> handler) {
        member = new Member(settings, workplace.database(), handler);
        member.metrics().bindTo(meters);
        member.start();
    }

    private ConsumerRecord<String, byte[]> awaitDeadLetter() {
        awaiting().until(() -> !workplace.readAll(workplace.deadLetters()).isEmpty());
        List<ConsumerRecord<String, byte[]>> letters = workplace.readAll(workplace.deadLetters());
        assertThat(letters).hasSize(1);
        assertThat(workplace.count("dead_letter")).isOne();
        return letters.get(0);
    }

    private static Map<String, String> deadLetterHeaders(ConsumerRecord<String, byte[]> letter) {
        Map<String, String> found = new TreeMap<>();
        letter.headers().forEach(header -> {
            if (header.key().startsWith("dead_letter_")) {
                found.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        });
        return found;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ConditionFactory awaiting() {
        return await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }
}
