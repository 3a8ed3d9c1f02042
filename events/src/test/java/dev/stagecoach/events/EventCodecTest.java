package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    @ParameterizedTest
    @EnumSource
    void readsBackWhatItWrites(EventType type) throws UnreadableEventException {
        for (EventData data : new EventData[] {Samples.full(type), Samples.minimal(type)}) {
            Event<?> event = Samples.event(type, data);
            assertThat(EventCodec.read(consumed(EventCodec.toRecord(event)))).contains(event);
        }
    }

    @Test
    void writesCloudEventsHeaders() {
        // Given
        Event<TimeTick> tick = new Event<>(
                "id-1",
                EventType.TIME_TICK,
                Topics.TIME_TICKS,
                "/lifecycle-service",
                null,
                Samples.NOON,
                null,
                new TimeTick(Samples.NOON));
        // When
        ProducerRecord<String, byte[]> written = EventCodec.toRecord(tick, 3);
        // Then
        assertThat(texts(written.headers()))
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "id-1",
                        "ce_source", "/lifecycle-service",
                        "ce_type", "stagecoach.time.tick.v1",
                        "ce_time", "2025-03-04T12:00:00Z",
                        "content-type", "application/json"));
        assertThat(written.partition()).isEqualTo(3);
        assertThat(written.key()).isNull();
    }

    @Test
    void writesAccountAndCauseWhereThereAreAny() {
        // Given
        Event<?> event = Samples.event(EventType.GOAL_MET, Samples.full(EventType.GOAL_MET));
        // When
        ProducerRecord<String, byte[]> written = EventCodec.toRecord(event);
        // Then
        assertThat(texts(written.headers()))
                .containsEntry("ce_subject", "acme")
                .containsEntry("ce_causationid", "id-6");
        assertThat(written.key()).isEqualTo("acme");
        assertThat(written.timestamp()).isEqualTo(Samples.NOON.toEpochMilli());
        assertThat(written.partition()).isNull();
    }

    @Test
    void carriesOnTheTraceThatAnEventIsPartOf() throws UnreadableEventException {
        // Given
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Event<?> event = Samples.event(EventType.GOAL_MET, Samples.full(EventType.GOAL_MET))
                .partOf(trace);
        // When
        ProducerRecord<String, byte[]> written = EventCodec.toRecord(event);
        // Then
        assertThat(texts(written.headers())).containsEntry("traceparent", trace);
        assertThat(EventCodec.read(consumed(written))).contains(event);
        assertThat(event.on("another-topic").traceParent()).isEqualTo(trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"})
    void whatIsNoTraceIsNotCarriedOn(String header) throws UnreadableEventException {
        // Given
        ProducerRecord<String, byte[]> written =
                EventCodec.toRecord(Samples.event(EventType.GOAL_MET, Samples.full(EventType.GOAL_MET)));
        EventHeaders.TRACE_PARENT.write(written.headers(), header);
        // When
        Event<?> read = EventCodec.read(consumed(written)).orElseThrow();
        // Then
        assertThat(read.traceParent()).isNull();
    }

    @Test
    void keepsAFactThatIsUnknown() {
        // Given
        AlertRaised alert = new AlertRaised(
                "acme", "health", Samples.NOON, "Acme", Collections.singletonMap("mau", null), "team", List.of(), null);
        // When
        String json = new String(EventCodec.value(alert), StandardCharsets.UTF_8);
        // Then
        assertThat(json).contains("\"facts\":{\"mau\":null}");
    }

    @Test
    void skipsATypeThatItDoesNotKnow() throws UnreadableEventException {
        // Given
        ConsumerRecord<String, byte[]> unknown = consumed("stagecoach.usage.dream.v9", "acme", "not even JSON");
        // When
        Optional<Event<?>> event = EventCodec.read(unknown);
        // Then
        assertThat(event).isEmpty();
    }

    @Test
    void ignoresFieldsOfALaterVersion() throws UnreadableEventException {
        // Given
        ConsumerRecord<String, byte[]> later = consumed(
                "stagecoach.time.tick.v1", null, "{\"at\":\"2025-03-04T12:00:00Z\",\"leapSeconds\":{\"now\":37}}");
        // When
        Optional<Event<?>> event = EventCodec.read(later);
        // Then
        assertThat(event.orElseThrow().data()).isEqualTo(new TimeTick(Samples.NOON));
    }

    @Test
    void namesARecordWithoutAnIdByItsPlace() throws UnreadableEventException {
        // Given
        ConsumerRecord<String, byte[]> nameless =
                consumed("stagecoach.time.tick.v1", null, "{\"at\":\"2025-03-04T12:00:00Z\"}");
        nameless.headers().remove("ce_id");
        // When
        Optional<Event<?>> event = EventCodec.read(nameless);
        // Then
        assertThat(event.orElseThrow().id()).isEqualTo("a-topic-3@17");
    }

    @Test
    void takesTheTimeOfTheRecordWhenTheHeaderHasNone() throws UnreadableEventException {
        // Given
        ConsumerRecord<String, byte[]> untimed =
                consumed("stagecoach.time.tick.v1", null, "{\"at\":\"2025-03-04T12:00:00Z\"}");
        untimed.headers().remove("ce_time");
        // When
        Optional<Event<?>> event = EventCodec.read(untimed);
        // Then
        assertThat(event.orElseThrow().time()).isEqualTo(Instant.ofEpochMilli(99));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    no JSON               | not JSON: Unrecognized token
                    7                     | missing or not what it should be (expected: UsagePing)
                    null                  | the value is null
                    {"production":true}   | account: missing (expected: a non-empty text)
                    {"production":true,"account":" "} | account: missing (expected: a non-empty text)
                    {"account":"ac\\u0000me"}         | holds the character U+0000
                    {"account":"acme"}    | production: missing or not what it should be (expected: boolean)
                    {"production":null}   | production: missing or not what it should be (expected: boolean)
                    {"production":"yes"}  | production: missing or not what it should be (expected: boolean)
                    {"at":"noon"}         | at: missing or not what it should be (expected: Instant)
                    {"activeUsers":{"day":-1}}  | activeUsers: day: -1 (expected: >= 0)
                    {"activeUsers":{"day":1.5}} | activeUsers.day: missing or not what it should be (expected: Integer)
                    {"activeUsers":{"day":"5"}} | activeUsers.day: missing or not what it should be (expected: Integer)
                    {"account":"acme","instance":"i","production":true,"at":"2025-03-04T12:00:00Z","receivedAt":"2025-03-04T12:00:00Z","features":{"cody":null}} | features.cody: missing
                    {"account":"bolt","instance":"i","production":true,"at":"2025-03-04T12:00:00Z","receivedAt":"2025-03-04T12:00:00Z"} | about account bolt (expected, from its key: acme)
                    """)
    void saysWhatIsWrongWithAValue(String json, String reason) {
        assertThatThrownBy(() -> EventCodec.read(consumed("stagecoach.usage.ping.v1", "acme", json)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageStartingWith("stagecoach.usage.ping.v1: ")
                .hasMessageContaining(reason);
    }

    @Test
    void saysWhichNameIsNotKnownAndWhichAre() {
        String json = "{\"account\":\"acme\",\"name\":\"Acme\",\"segment\":\"golden\"}";
        assertThatThrownBy(() -> EventCodec.read(consumed("stagecoach.account.facts.v1", "acme", json)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("Segment: golden (expected one of: managed, scaled, digital)");
    }

    @Test
    void doesNotMistakeAnEscapedBackslashForTheNulCharacter() throws UnreadableEventException {
        // Given
        String json = "{\"account\":\"acme\",\"at\":\"2025-03-04T12:00:00Z\",\"why\":\"C:\\\\u0000\"}";
        // When
        Optional<Event<?>> event = EventCodec.read(consumed("stagecoach.lifecycle.goal-unknown.v1", "acme", json));
        // Then
        assertThat(event.orElseThrow().data()).isEqualTo(new Milestone.GoalUnknown("acme", Samples.NOON, "C:\\u0000"));
    }

    @Test
    void keepsWhatTheRecordSaysOutOfTheReason() {
        String json = "{\"account\":\"acme\",\"contacts\":[{\"id\":\"c-1\",\"name\":\"Iris Example\",\"roles\":7}]}";
        assertThatThrownBy(() -> EventCodec.read(consumed("stagecoach.account.contacts.v1", "acme", json)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("stagecoach.account.contacts.v1: contacts[0].roles: missing or not what it should be"
                        + " (expected: list)");
    }

    @Test
    void saysThatAValueIsMissing() {
        assertThatThrownBy(() -> EventCodec.read(consumed("stagecoach.usage.ping.v1", "acme", null)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("stagecoach.usage.ping.v1: no value");
    }

    @Test
    void saysThatTheTypeIsMissing() {
        ConsumerRecord<String, byte[]> untyped = consumed("any", "acme", "{}");
        untyped.headers().remove("ce_type");
        assertThatThrownBy(() -> EventCodec.read(untyped))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("no ce_type header");
    }

    @Test
    void saysThatAnIdIsBlankOrATimeIsNone() {
        ConsumerRecord<String, byte[]> blank =
                consumed("stagecoach.time.tick.v1", null, "{\"at\":\"2025-03-04T12:00:00Z\"}");
        EventHeaders.ID.write(blank.headers(), " ");
        assertThatThrownBy(() -> EventCodec.read(blank))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("id: missing");
        ConsumerRecord<String, byte[]> untimely =
                consumed("stagecoach.time.tick.v1", null, "{\"at\":\"2025-03-04T12:00:00Z\"}");
        EventHeaders.TIME.write(untimely.headers(), "yesterday");
        assertThatThrownBy(() -> EventCodec.read(untimely))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("ce_time: yesterday");
    }

    @Test
    void takesAnInstanceThatIsOnlyAnIdForAProductionInstance() throws UnreadableEventException {
        // Given
        String json =
                "{\"account\":\"acme\",\"name\":\"Acme\",\"segment\":\"Scaled\",\"instances\":[\"main\",{\"id\":\"two\"}]}";
        // When
        Optional<Event<?>> event = EventCodec.read(consumed("stagecoach.account.facts.v1", "acme", json));
        // Then
        AccountFacts facts = (AccountFacts) event.orElseThrow().data();
        assertThat(facts.instances()).containsExactly(new Instance("main", true), new Instance("two", true));
        assertThat(facts.unlimitedSeats()).isFalse();
        assertThat(facts.seats()).isNull();
    }

    @Test
    void readsFactsFromBeforeThereWereSignals() throws UnreadableEventException {
        // Given
        String json =
                "{\"account\":\"acme\",\"name\":\"Acme\",\"segment\":\"scaled\",\"products\":[],\"timezone\":\"UTC\",\"instances\":[]}";
        // When
        Optional<Event<?>> event = EventCodec.read(consumed("stagecoach.account.facts.v1", "acme", json));
        // Then
        AccountFacts facts = (AccountFacts) event.orElseThrow().data();
        assertThat(facts.signals()).isNull();
        assertThat(facts.signalsOrNone()).isEqualTo(Signals.NONE);
        assertThat(facts.churnedOn()).isNull();
        assertThat(facts.changedBy()).isNull();
    }

    @Test
    void readsSignalsAsTheyWereWritten() throws UnreadableEventException {
        // Given
        Event<?> told = Samples.event(EventType.ACCOUNT_FACTS, Samples.full(EventType.ACCOUNT_FACTS));
        // When
        Optional<Event<?>> event = EventCodec.read(consumed(EventCodec.toRecord(told)));
        // Then
        AccountFacts facts = (AccountFacts) event.orElseThrow().data();
        assertThat(facts).isEqualTo(told.data());
        assertThat(facts.signalsOrNone().pulse().value()).isEqualTo(Pulse.CONCERNING);
    }

    @Test
    void writesUsageEventsByHandAsTheMapperDoes() throws IOException {
        for (EventData event : List.of(Samples.full(EventType.USAGE_EVENT), Samples.minimal(EventType.USAGE_EVENT))) {
            assertThat(EventCodec.value(event)).isEqualTo(EventCodec.json().writeValueAsBytes(event));
        }
    }

    @Test
    void writesAnyTextOfAUsageEventAsTheMapperDoes() throws IOException {
        // Given
        String odd = "\" \\ \t \u0001 \u2028 \u00e4 \ud83d\ude80 \ud83d </script>";
        UsageEvent event = new UsageEvent(
                odd,
                odd,
                odd,
                odd,
                odd,
                odd,
                odd,
                Instant.parse("2025-03-04T12:00:00.000000001Z"),
                Instant.parse("2025-03-04T12:00:00.5Z"),
                EventCodec.json()
                        .createObjectNode()
                        .put(odd, 1.50)
                        .put("b", true)
                        .putNull("n"));
        // Then
        assertThat(EventCodec.value(event)).isEqualTo(EventCodec.json().writeValueAsBytes(event));
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> written) {
        return new ConsumerRecord<>(
                written.topic(),
                0,
                0,
                written.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                written.key(),
                written.value(),
                written.headers(),
                Optional.empty());
    }

    private static ConsumerRecord<String, byte[]> consumed(String type, @Nullable String key, @Nullable String json) {
        byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> written =
                EventCodec.toRecord("id-1", type, "a-topic", null, "/test", null, Samples.NOON, null, null, value);
        return new ConsumerRecord<>(
                "a-topic", 3, 17, 99, TimestampType.CREATE_TIME, 0, 0, key, value, written.headers(), Optional.empty());
    }

    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new TreeMap<>();
        for (Header header : headers) {
            texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
