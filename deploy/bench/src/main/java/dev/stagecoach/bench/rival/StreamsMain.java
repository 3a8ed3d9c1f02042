package dev.stagecoach.bench.rival;

import dev.stagecoach.events.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.Stores;

/**
 * Runs the program until standard input ends. It says {@value #FIRST} on standard output when it has its first record; asked to
 * {@value #DUMP}, it writes all counts to a file and says {@value #DUMPED}.
 */
public final class StreamsMain {

    public static final String FIRST = "first";
    public static final String DUMP = "dump";
    public static final String DUMPED = "dumped";

    private static final int CACHE_BYTES = 256 * 1024 * 1024;
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int FETCH_BYTES = 4 * 1024 * 1024;
    private static final int RECORDS = 5_000;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private StreamsMain() {}

    /**
     * Counts.
     *
     * @param arguments bootstrap servers, application id, processing guarantee, commit interval in ms, state directory, dump file
     */
    public static void main(String[] arguments) throws IOException {
        var said = new AtomicBoolean();
        Runnable first = () -> {
            if (!said.getPlain() && said.compareAndSet(false, true)) {
                say(FIRST);
            }
        };
        try (var streams = new KafkaStreams(topology(first), settings(arguments))) {
            streams.setUncaughtExceptionHandler(failure -> {
                failure.printStackTrace(System.err);
                Runtime.getRuntime().halt(1);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            obey(streams, Path.of(arguments[5]));
            streams.close(STOP_TIMEOUT);
        }
    }

    private static void obey(KafkaStreams streams, Path file) throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.equals(DUMP)) {
                new Dump(streams).write(file);
                say(DUMPED);
            }
        }
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }

    private static Topology topology(Runnable first) {
        return new Topology()
                .addSource(
                        "events",
                        Serdes.ByteArray().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        Topics.USAGE_EVENTS)
                .addProcessor("count", () -> new CountUsage(first), "events")
                // Cached: what changes several times between two commits is written once.
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(CountUsage.USERS),
                                        Serdes.Bytes(),
                                        Serdes.ByteArray())
                                .withCachingEnabled(),
                        "count")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(CountUsage.COUNTS),
                                        Serdes.Bytes(),
                                        Serdes.ByteArray())
                                .withCachingEnabled(),
                        "count");
    }

    private static Properties settings(String[] arguments) {
        var settings = new Properties();
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, arguments[1]);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, arguments[2]);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, arguments[3]);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, arguments[4]);
        // A transaction lasts from one commit to the next.
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.max(60_000, 2 * Integer.parseInt(arguments[3])));
        settings.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, Runtime.getRuntime().availableProcessors());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 0);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbSettings.class.getName());
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 50);
        return settings;
    }
}
