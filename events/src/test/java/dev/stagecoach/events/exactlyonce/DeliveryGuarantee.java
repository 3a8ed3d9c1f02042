package dev.stagecoach.events.exactlyonce;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What was produced, and what must have become of it in the end whatever happened on the way. */
final class DeliveryGuarantee {
    private static final int ACCOUNTS = 20;

    private final Workplace workplace;
    private final List<Event<?>> produced = new ArrayList<>();

    DeliveryGuarantee(Workplace workplace) {
        this.workplace = workplace;
    }

    /** Produces that many usage events and pings of random accounts. */
    void produce(Random random, int records) {
        List<Event<?>> some = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            String account = "account-" + random.nextInt(ACCOUNTS);
            int second = produced.size() + i;
            some.add(
                    random.nextBoolean()
                            ? Records.usage(workplace.usage, account, second)
                            : Records.ping(workplace.pings, account, second));
        }
        workplace.produceAll(some);
        produced.addAll(some);
    }

    int produced() {
        return produced.size();
    }

    /** Waits until everything is applied and published, and holds the outcome against the promises. */
    void assertHeld(Duration patience) {
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(workplace.count("applied")).isGreaterThanOrEqualTo(produced.size()));
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(workplace.count("outbox")).isZero());
        assertAppliedOnce();
        assertTotalsAreRight();
        assertOrderOfKeysIsKept();
        assertPublishedOnceAfterDeduplication();
    }

    private void assertAppliedOnce() {
        assertThat(workplace.query("select id from applied"))
                .as("applied exactly once")
                .containsExactlyInAnyOrderElementsOf(
                        produced.stream().map(Event::id).toList());
    }

    private void assertTotalsAreRight() {
        Map<String, Long> expected = new TreeMap<>();
        produced.forEach(event -> expected.merge(event.account(), 1L, Long::sum));
        assertThat(workplace.query("select account || '=' || records from total"))
                .as("records per account")
                .containsExactlyInAnyOrderElementsOf(
                        expected.entrySet().stream().map(Object::toString).toList());
    }

    private void assertOrderOfKeysIsKept() {
        Map<String, List<String>> expected = produced.stream()
                .collect(groupingBy(event -> event.topic() + event.account(), mapping(Event::id, toList())));
        Map<String, List<String>> applied =
                workplace.query("select topic || account || ' ' || id from applied order by seq").stream()
                        .map(row -> row.split(" ", 2))
                        .collect(groupingBy(row -> row[0], mapping(row -> row[1], toList())));
        assertThat(applied).as("order of each key in each topic").isEqualTo(expected);
    }

    private void assertPublishedOnceAfterDeduplication() {
        Map<String, List<String>> published = workplace.published().stream()
                .collect(groupingBy(
                        ConsumerRecord::key,
                        mapping(
                                DeliveryGuarantee::id,
                                collectingAndThen(
                                        toList(), ids -> ids.stream().distinct().toList()))));
        Map<String, List<String>> decided =
                workplace.query("select account || ' ' || id from applied order by seq").stream()
                        .map(row -> row.split(" ", 2))
                        .collect(groupingBy(row -> row[0], mapping(row -> DecisionId.of("test", row[1]), toList())));
        assertThat(published)
                .as("decisions of each account, repetitions ignored")
                .isEqualTo(decided);
    }

    private static String id(ConsumerRecord<String, byte[]> published) {
        return new String(published.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }
}
