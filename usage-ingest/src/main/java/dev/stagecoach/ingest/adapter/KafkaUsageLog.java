package dev.stagecoach.ingest.adapter;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Topics;
import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.Rejected;
import dev.stagecoach.ingest.UsageLog;
import dev.stagecoach.traces.Step;
import dev.stagecoach.traces.Traces;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The usage topics. A request is stored when every in-sync replica has all of its records; it is given up after
 * {@code stagecoach.ingest.confirm-within}, after which Kafka's producer does not try any of them again.
 */
@Startup
@Singleton
final class KafkaUsageLog implements UsageLog {
    private static final Logger LOG = Logger.getLogger(KafkaUsageLog.class);

    static final List<String> TOPICS =
            List.of(Topics.USAGE_EVENTS, Topics.USAGE_PINGS, Topics.USAGE_LINKS, Topics.USAGE_QUARANTINE);

    private static final int BATCH_BYTES = 256 * 1024;
    private static final Duration WARN_AGAIN = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    private final Producer<String, byte[]> producer;
    private final int quarantinedBytes;
    private final Traces traces;
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - WARN_AGAIN.toNanos() - 1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread learning = new Thread(this::learnTopics, "learn topics");
    private volatile List<String> unknownTopics = TOPICS;

    KafkaUsageLog(@Identifier("default-kafka-broker") Map<String, Object> kafka, IngestConfig config, Traces traces) {
        this.traces = traces;
        producer = new KafkaProducer<>(settings(kafka, config), new StringSerializer(), new ByteArraySerializer());
        quarantinedBytes = (int) config.limits().quarantined().asLongValue();
        learning.setDaemon(true);
        learning.start();
    }

    /** Those of which Kafka has not told where they are: nothing can be stored there. */
    List<String> unknownTopics() {
        return unknownTopics;
    }

    /** The producer waits for nothing, so it has to know the topics before the first record. */
    private void learnTopics() {
        try {
            while (!unknownTopics.isEmpty() && !closing.await(ASK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                unknownTopics =
                        unknownTopics.stream().filter(topic -> !isKnown(topic)).toList();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isKnown(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (KafkaException e) {
            // It has asked Kafka; the answer is there the next time, or the time after that.
            LOG.debugf("Topic %s: %s", topic, e.getMessage());
            return false;
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, IngestConfig config) {
        int millis = Math.toIntExact(config.confirmWithin().toMillis());
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Long enough that requests under way at the same time share batches, too short to be noticed.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        // The largest request and as much again.
        settings.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2 * config.limits().decompressedBody().asLongValue());
        settings.putAll(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "usage-ingest");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        // Event loops wait for nobody: without room in the buffer, or without knowing the topic, a record is not
        // stored.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        // A topic once known stays known; the quarantine can be without a record for days.
        settings.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                Duration.ofDays(365_000).toMillis());
        // Room for one retry; Kafka demands linger.ms + request.timeout.ms <= delivery.timeout.ms.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        return settings;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The confirmation is told how each record fared.
    public CompletionStage<Void> append(List<? extends Event<?>> events, List<Rejected> rejected) {
        int records = events.size() + rejected.size();
        if (records == 0) {
            return CompletableFuture.completedFuture(null);
        }
        Confirmation confirmation = new Confirmation(records);
        Step step = traces.current();
        Header trace = step == null ? null : carriedOn(step, events);
        try {
            for (Event<?> event : events) {
                ProducerRecord<String, byte[]> usage = EventCodec.toRecord(event);
                if (trace != null) {
                    usage.headers().add(trace);
                }
                producer.send(usage, confirmation);
                if (confirmation.hasFailed()) {
                    break;
                }
            }
            for (Rejected one : rejected) {
                if (confirmation.hasFailed()) {
                    break;
                }
                producer.send(quarantined(one), confirmation);
            }
        } catch (RuntimeException e) {
            // Of Kafka, or of a producer that is closing.
            confirmation.fail(e);
        }
        return confirmation.stored;
    }

    /** The same for all events of a request: each is found by its account and id, and a batch by its account. */
    private static Header carriedOn(Step step, List<? extends Event<?>> events) {
        if (!events.isEmpty()) {
            Event<?> first = events.get(0);
            step.about(first.account(), events.size() == 1 ? first.id() : null);
        }
        return new RecordHeader(
                EventHeaders.TRACE_PARENT.key(), step.traceParent().getBytes(StandardCharsets.US_ASCII));
    }

    private ProducerRecord<String, byte[]> quarantined(Rejected rejected) {
        byte[] value = new byte[Math.min(rejected.bytes().remaining(), quarantinedBytes)];
        rejected.bytes().duplicate().get(value);
        ProducerRecord<String, byte[]> quarantined = new ProducerRecord<>(
                Topics.USAGE_QUARANTINE, null, rejected.rejectedAt().toEpochMilli(), rejected.account(), value);
        Headers headers = quarantined.headers();
        EventHeaders.SPEC_VERSION.write(headers, "1.0");
        EventHeaders.ID.write(headers, rejected.id());
        EventHeaders.SOURCE.write(headers, "/usage-ingest" + rejected.source());
        EventHeaders.TYPE.write(headers, EventType.USAGE_REJECTED);
        EventHeaders.TIME.write(headers, rejected.rejectedAt().toString());
        EventHeaders.CONTENT_TYPE.write(headers, "application/json");
        if (rejected.account() != null) {
            EventHeaders.SUBJECT.write(headers, rejected.account());
        }
        EventHeaders.REJECTED_REASON.write(headers, reason(rejected));
        EventHeaders.REJECTED_SOURCE.write(headers, rejected.source());
        EventHeaders.REJECTED_KEY_ID.write(headers, rejected.keyId());
        EventHeaders.REJECTED_RECEIVED_AT.write(headers, rejected.receivedAt().toString());
        if (rejected.groupId() != null) {
            EventHeaders.REJECTED_GROUP_ID.write(headers, rejected.groupId());
        }
        if (rejected.sentAt() != null) {
            EventHeaders.REJECTED_SENT_AT.write(headers, rejected.sentAt());
        }
        if (value.length < rejected.bytes().remaining()) {
            EventHeaders.REJECTED_CUT_FROM.write(
                    headers, String.valueOf(rejected.bytes().remaining()));
        }
        return quarantined;
    }

    private String reason(Rejected rejected) {
        int bytes = rejected.bytes().remaining();
        return bytes <= quarantinedBytes
                ? rejected.reason()
                : rejected.reason() + "; cut here after " + quarantinedBytes + " of " + bytes + " bytes";
    }

    @PreDestroy
    void close() {
        closing.countDown();
        producer.close(Duration.ofSeconds(5));
    }

    /** Once a second: while Kafka is away, it is so for each request. */
    private void warn(Exception failure) {
        long now = System.nanoTime();
        long last = lastWarning.get();
        if (now - last > WARN_AGAIN.toNanos() && lastWarning.compareAndSet(last, now)) {
            LOG.warnf("Not stored: %s", failure);
        }
    }

    /** Completes once for all records of a request. */
    private final class Confirmation implements Callback {
        private final CompletableFuture<Void> stored = new CompletableFuture<>();
        private final AtomicInteger missing;

        Confirmation(int records) {
            missing = new AtomicInteger(records);
        }

        @Override
        public void onCompletion(RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                fail(failure);
            } else if (missing.decrementAndGet() == 0) {
                stored.complete(null);
            }
        }

        boolean hasFailed() {
            return stored.isCompletedExceptionally();
        }

        void fail(Exception failure) {
            RefusedException refused = failure instanceof RecordTooLargeException
                    ? new RefusedException(
                            Refusal.TOO_LARGE,
                            "as a record of Kafka, which escapes some characters: too large (expected: less at a time)",
                            failure)
                    : new RefusedException(
                            Refusal.NOT_STORED,
                            "not confirmed by Kafka; send it again, nothing will be counted twice",
                            failure);
            if (stored.completeExceptionally(refused)) {
                warn(failure);
            }
        }
    }
}
