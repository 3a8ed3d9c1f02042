package dev.stagecoach.local.quarantine;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topic of what was rejected. It is read from its beginning each time, and of what is read only who, why and when is kept: the
 * bytes, which are most of it, are read again for those that are wanted.
 */
public final class Quarantine implements AutoCloseable {

    private static final String SOURCE = "/stagecoach/quarantine";
    private static final int ANSWER_MILLIS = 15_000;

    private final Map<String, Object> kafka = new HashMap<>();
    private final KafkaProducer<String, byte[]> producer;

    /** @param kafka where it is and how to talk to it, in Kafka's own words */
    public Quarantine(Map<String, Object> kafka) {
        this.kafka.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        this.kafka.putAll(kafka);
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_MILLIS);
        try {
            this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw Complaint.ofKafka(kafka, e);
        }
    }

    /**
     * What is open of what is meant; those that came first are first.
     *
     * @throws Complaint if Kafka does not answer
     */
    public List<RejectedPiece> open(Selection selection) {
        var pieces = new OpenPieces();
        read(pieces::note);
        return pieces.open().stream().filter(selection::has).toList();
    }

    /** The bytes of pieces, each once, in the order in which they stand in the topic. */
    public void bytesOf(List<RejectedPiece> pieces, BiConsumer<RejectedPiece, byte[]> reader) {
        var wanted = pieces.stream().collect(Collectors.toMap(RejectedPiece::id, piece -> piece));
        var seen = new HashSet<String>();
        read(told -> {
            var piece = wanted.get(RejectedPiece.idOf(told));
            if (piece != null
                    && EventHeaders.TYPE.is(told.headers(), EventType.USAGE_REJECTED)
                    && seen.add(piece.id())) {
                reader.accept(piece, told.value());
            }
        });
    }

    private void read(Consumer<ConsumerRecord<String, byte[]>> reader) {
        try (var consumer = new KafkaConsumer<>(
                TopicReader.settings(kafka), new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.USAGE_QUARANTINE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            TopicReader.readAll(consumer, partitions, reader);
        } catch (KafkaException e) {
            throw Complaint.ofKafka(kafka, e);
        }
    }

    /**
     * Writes down that these were taken: they are open no more.
     *
     * @throws Complaint if Kafka does not confirm
     */
    void taken(List<RejectedPiece> pieces, Instant at) {
        var confirmations = new ArrayList<Future<?>>();
        try {
            for (var piece : pieces) {
                confirmations.add(producer.send(takenRecord(piece, at)));
            }
            for (var confirmation : confirmations) {
                confirmation.get();
            }
        } catch (KafkaException | ExecutionException e) {
            throw new Complaint(
                    "usage-ingest took " + pieces.size() + " pieces, and Kafka did not take that they are done: "
                            + e.getMessage() + ". Replay again: nothing counts twice.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    static ProducerRecord<String, byte[]> takenRecord(RejectedPiece piece, Instant at) {
        var value = EventCodec.json()
                .createObjectNode()
                .put("rejected", piece.id())
                .put("at", at.toString())
                .toString();
        var marker = new ProducerRecord<>(
                Topics.USAGE_QUARANTINE,
                null,
                at.toEpochMilli(),
                piece.account(),
                value.getBytes(StandardCharsets.UTF_8));
        var headers = marker.headers();
        EventHeaders.SPEC_VERSION.write(headers, "1.0");
        EventHeaders.ID.write(headers, DecisionId.of("usage-replayed", piece.id()));
        EventHeaders.SOURCE.write(headers, SOURCE);
        EventHeaders.TYPE.write(headers, EventType.USAGE_REPLAYED);
        EventHeaders.TIME.write(headers, at.toString());
        EventHeaders.CAUSATION_ID.write(headers, piece.id());
        EventHeaders.CONTENT_TYPE.write(headers, "application/json");
        if (piece.account() != null) {
            EventHeaders.SUBJECT.write(headers, piece.account());
        }
        return marker;
    }

    @Override
    public void close() {
        producer.close(Duration.ofMillis(ANSWER_MILLIS));
    }
}
