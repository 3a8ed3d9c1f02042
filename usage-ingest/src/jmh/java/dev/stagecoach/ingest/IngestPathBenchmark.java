package dev.stagecoach.ingest;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.ingest.adapter.RealParts;
import dev.stagecoach.ingest.adapter.json.KeptFields;
import dev.stagecoach.ingest.adapter.json.TrackingReader;
import dev.stagecoach.ingest.key.WriteKeys;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * From the bytes of a request to records that Kafka's producer would take, on one core: the key is checked, the body parsed, each event
 * validated, its time corrected, its user hashed, its id looked up, and its record written. {@code events} is events a second. Ids are never
 * the same twice; users are 4,000, of 50 accounts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(2)
public class IngestPathBenchmark {
    private static final int BODIES = 64;
    private static final byte[] ID_PLACE = "00000000-id".getBytes(StandardCharsets.UTF_8);

    @Param({"1", "100", "500"})
    int eventsPerRequest;

    private byte[][] bodies;
    private int[][] idPlaces;
    private int next;
    private long ids;
    private TrackingReader reader;
    private RecordEvents recordEvents;
    private Records records;

    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counted {
        public long events;
    }

    @Setup
    public void prepare() {
        IngestConfig config = new SmallRyeConfigBuilder()
                .withMapping(IngestConfig.class)
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue("stagecoach.ingest.pseudonym-secret", "a secret for benchmarks only")
                .build()
                .getConfigMapping(IngestConfig.class);
        records = new Records();
        reader = new TrackingReader(
                KeptFields.of(config.keptProperties(), Set.of()),
                config.limits().events(),
                (int) config.limits().event().asLongValue());
        recordEvents = new RecordEvents(
                config,
                new KeyCheck(new WriteKeys(Map.of("key-for-benchmarks", "*"))),
                (key, pieces) -> {},
                RealParts.pseudonyms(),
                new UserLinks(new NoUserAccounts(), RealParts.pseudonyms()),
                RealParts.recentIds(config),
                () -> Instant.parse("2025-03-12T10:00:05Z"),
                records,
                new NoCounters());
        bodies = IntStream.range(0, BODIES).mapToObj(this::body).toArray(byte[][]::new);
        idPlaces = IntStream.range(0, BODIES).mapToObj(i -> places(bodies[i])).toArray(int[][]::new);
    }

    private byte[] body(int number) {
        return IntStream.range(0, eventsPerRequest)
                .mapToObj(i -> event(number * eventsPerRequest + i))
                .collect(Collectors.joining(",", "{\"sentAt\":\"2025-03-12T10:00:04.500Z\",\"batch\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String event(int number) {
        return """
                {"type":"track","messageId":"00000000-id","userId":"user-%d@example.com","event":"Search Executed","timestamp":"2025-03-12T10:00:03.%03dZ",\
                "context":{"groupId":"account-%d","library":{"name":"analytics-node","version":"3.1.0"}},"properties":{"feature":"code-search","action":"run"}}"""
                .formatted(number * 7919 % 4_000, number % 1_000, number % 50);
    }

    private static int[] places(byte[] body) {
        return IntStream.range(0, body.length - ID_PLACE.length)
                .filter(at -> Arrays.equals(body, at, at + ID_PLACE.length, ID_PLACE, 0, ID_PLACE.length))
                .toArray();
    }

    @Benchmark
    public void bytesToRecords(Counted counted, Blackhole blackhole) {
        int body = next++ % BODIES;
        for (int place : idPlaces[body]) {
            writeId(bodies[body], place, ids++);
        }
        records.blackhole = blackhole;
        Receipt receipt = recordEvents
                .record(
                        reader.readBatch(bodies[body]), "/v1/batch", "key-for-benchmarks", Replayed.NOT, bodies[body])
                .toCompletableFuture()
                .join();
        if (receipt.recorded() != eventsPerRequest) {
            throw new IllegalStateException(receipt.toString());
        }
        counted.events += receipt.recorded();
    }

    /** Eight digits to base 16. */
    private static void writeId(byte[] body, int place, long id) {
        for (int digit = 0; digit < 8; digit++) {
            body[place + digit] = (byte) ('a' + (id >>> (4 * digit) & 0xf));
        }
    }

    /** Makes the records, and has no Kafka to send them to. */
    private static final class Records implements UsageLog {
        private Blackhole blackhole;

        @Override
        public CompletionStage<Void> append(List<? extends Event<?>> events, List<Rejected> rejected) {
            for (Event<?> event : events) {
                blackhole.consume(EventCodec.toRecord(event));
            }
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class NoUserAccounts implements UserAccounts {
        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public Set<String> of(String user, Instant now) {
            return Set.of();
        }

        @Override
        public boolean isToBeTold(String user, String account, Instant now) {
            return false;
        }

        @Override
        public void tell(String user, String account, Instant at) {}
    }

    private static final class NoCounters implements IngestCounters {
        @Override
        public void stored(Kind kind, int recorded, int repeated, int rejected, int ignored) {}

        @Override
        public void unconfirmed(Kind kind, int received) {}

        @Override
        public void refused(Refusal refusal) {}
    }
}
