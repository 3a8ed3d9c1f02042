package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageGlanceTest {
    private static final int MUTATIONS = 20_000;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), new Random().longs(1));
    }

    @Test
    void readsWhatTheWholeReaderReads() throws UnreadableEventException {
        for (EventData data :
                new EventData[] {Samples.full(EventType.USAGE_EVENT), Samples.minimal(EventType.USAGE_EVENT)}) {
            ConsumerRecord<String, byte[]> consumed = consumed(EventCodec.value(data));
            assertThat(UsageGlance.read(consumed)).isPresent().isEqualTo(wholly(consumed));
        }
    }

    @Test
    void passesOverOtherTypes() throws UnreadableEventException {
        // Given
        Event<?> tick = Samples.event(EventType.TIME_TICK, Samples.full(EventType.TIME_TICK));
        // When
        Optional<UsageGlance> glance = UsageGlance.read(received(EventCodec.toRecord(tick)));
        // Then
        assertThat(glance).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"account\":\"other\"}",
                "{\"id\":\"e\",\"account\":\"acme\",\"user\":\" \",\"name\":\"n\",\"feature\":\"f\",\"at\":\"2025-01-01T00:00:00Z\",\"receivedAt\":\"2025-01-01T00:00:00Z\"}",
                "{\"id\":\"e\",\"account\":\"acme\",\"user\":\"u\",\"name\":\"n\",\"feature\":\"f\",\"at\":\"yesterday\",\"receivedAt\":\"2025-01-01T00:00:00Z\"}",
                "{\"id\":\"e\",\"account\":\"acme\",\"user\":\"u\\u0000\",\"name\":\"n\",\"feature\":\"f\",\"at\":\"2025-01-01T00:00:00Z\",\"receivedAt\":\"2025-01-01T00:00:00Z\"}",
                "{\"id\":\"e\",\"account\":\"acme\",\"user\":\"u\",\"name\":\"n\",\"feature\":\"f\",\"at\":\"1999-12-31T23:59:59.999Z\",\"receivedAt\":\"2025-01-01T00:00:00Z\"}",
                "{\"id\":\"e\",\"account\":\"acme\",\"user\":\"u\",\"name\":\"n\",\"feature\":\"f\",\"at\":\"2025-01-02T00:00:00.001Z\",\"receivedAt\":\"2025-01-01T00:00:00Z\"}",
                "{\"id\":\"e\",\"account\":\"acme\",\"user\":\"u\",\"name\":\"n\",\"feature\":\"f\",\"at\":\"2025-01-01T00:00:00Z\",\"receivedAt\":\"+10000-01-01T00:00:00Z\"}",
                "{\"id\":\"e\",\"account\":\"acme\",\"user\":\"u\",\"name\":\"n\",\"feature\":\"f\",\"at\":\"1999-12-31T23:00:00Z\",\"receivedAt\":\"1999-12-31T23:00:00Z\"}"
            })
    void refusesWhatTheWholeReaderRefuses(String value) {
        // Given
        ConsumerRecord<String, byte[]> consumed = consumed(value.getBytes(StandardCharsets.UTF_8));
        // Then
        assertThatThrownBy(() -> EventCodec.read(consumed)).isInstanceOf(UnreadableEventException.class);
        assertThatThrownBy(() -> UsageGlance.read(consumed)).isInstanceOf(UnreadableEventException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheWholeReaderOnDamagedRecords(long seed) {
        Random random = new Random(seed);
        byte[] sound = EventCodec.value(Samples.full(EventType.USAGE_EVENT));
        int readable = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            ConsumerRecord<String, byte[]> consumed = consumed(damaged(sound, random));
            String expected = outcome(() -> wholly(consumed));
            assertThat(outcome(() -> UsageGlance.read(consumed)))
                    .as("seed %d: %s", seed, new String(consumed.value(), StandardCharsets.UTF_8))
                    .isEqualTo(expected);
            readable += expected.startsWith("Optional") ? 1 : 0;
        }
        assertThat(readable).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsTimesLikeTheFormatterOfTheCalendar(long seed) {
        Random random = new Random(seed);
        String digits = "0123456789-T:.Z+ ";
        for (int i = 0; i < MUTATIONS; i++) {
            Instant at = Instant.ofEpochMilli(random.nextLong(-60_000_000_000_000L, 60_000_000_000_000L));
            StringBuilder text =
                    new StringBuilder((random.nextBoolean() ? at : at.truncatedTo(ChronoUnit.SECONDS)).toString());
            if (random.nextBoolean()) {
                text.setCharAt(random.nextInt(text.length()), digits.charAt(random.nextInt(digits.length())));
            }
            assertThat(time(() -> UsageGlance.instant(text.toString().toCharArray(), 0, text.length())))
                    .as("%s, seed %d", text, seed)
                    .isEqualTo(time(() -> Instant.parse(text)));
        }
    }

    private static Optional<Instant> time(Supplier<Instant> reading) {
        try {
            return Optional.of(reading.get());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] damaged = sound.clone();
        int at = random.nextInt(damaged.length);
        switch (random.nextInt(4)) {
            case 0 -> damaged[at] = (byte) random.nextInt(128);
            case 1 -> damaged[at] = (byte) "\"\\{}[]:,01u ".charAt(random.nextInt(12));
            case 2 -> damaged = Arrays.copyOf(damaged, at);
            default -> System.arraycopy(sound, random.nextInt(sound.length - at), damaged, 0, at);
        }
        return damaged;
    }

    private interface Reading {
        Optional<UsageGlance> read() throws UnreadableEventException;
    }

    private static String outcome(Reading reading) {
        try {
            return reading.read().toString();
        } catch (UnreadableEventException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Optional<UsageGlance> wholly(ConsumerRecord<String, byte[]> consumed)
            throws UnreadableEventException {
        return EventCodec.read(consumed).map(event -> {
            UsageEvent usage = (UsageEvent) event.data();
            return new UsageGlance(
                    event.id(), usage.account(), usage.user(), usage.feature(), usage.at(), usage.receivedAt());
        });
    }

    private static ConsumerRecord<String, byte[]> consumed(byte[] value) {
        ConsumerRecord<String, byte[]> sound = received(
                EventCodec.toRecord(Samples.event(EventType.USAGE_EVENT, Samples.full(EventType.USAGE_EVENT))));
        return new ConsumerRecord<>(
                sound.topic(),
                0,
                1L,
                0L,
                TimestampType.CREATE_TIME,
                -1,
                value.length,
                sound.key(),
                value,
                sound.headers(),
                Optional.empty());
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> written) {
        return new ConsumerRecord<>(
                written.topic(),
                0,
                1L,
                written.timestamp(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                written.key(),
                written.value(),
                new RecordHeaders(written.headers()),
                Optional.empty());
    }
}
