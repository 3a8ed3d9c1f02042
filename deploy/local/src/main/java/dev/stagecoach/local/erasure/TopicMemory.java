package dev.stagecoach.local.erasure;

import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the topics remember of an address, and how they are made to forget it. */
public final class TopicMemory implements AutoCloseable {

    /** Of a type that no service knows, and so passes over. */
    private static final String ROLLED = "stagecoach.contacts.rolled.v1";

    private static final byte[] ROLLED_KEY = "stagecoach.rolled".getBytes(StandardCharsets.UTF_8);
    private static final int ANSWER_MILLIS = 30_000;

    /** Kafka compacts what is dirty at all, and has closed every segment that is older than a moment. */
    private static final Map<String, String> HURRY = Map.of(
            TopicConfig.SEGMENT_MS_CONFIG, "1",
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "1",
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0");

    private final Map<String, Object> kafka;
    private final Admin admin;
    private final Needle address;
    private final Clock clock;

    /**
     * @param kafka where it is and how to talk to it, in Kafka's own words
     * @throws Complaint if Kafka cannot be found
     */
    public TopicMemory(Map<String, Object> kafka, String address, Clock clock) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        this.address = new Needle(address);
        this.clock = clock;
        try {
            this.admin = Admin.create(this.kafka);
        } catch (KafkaException e) {
            throw Complaint.ofKafka(kafka, e);
        }
    }

    /**
     * What was looked at, and what of it has the address.
     *
     * @param records how many were looked at
     */
    public record Search(long records, List<Finding> findings) {}

    /**
     * Looks at every record, up to where the topics end now.
     *
     * @throws Complaint if Kafka does not answer
     */
    public Search search(Collection<String> topics) {
        var found = new ArrayList<Finding>();
        var records = new AtomicLong();
        try (var consumer = new KafkaConsumer<>(
                TopicReader.settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (var topic : topics) {
                var partitions = consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
                TopicReader.readAll(consumer, partitions, told -> {
                    records.incrementAndGet();
                    if (address.isIn(told)) {
                        found.add(Finding.of(told));
                    }
                });
            }
        } catch (KafkaException e) {
            throw Complaint.ofKafka(kafka, e);
        }
        return new Search(records.get(), found);
    }

    /**
     * Lets Kafka compact {@code contacts} at once, where it would in its own time: closes the segments of these partitions, and waits
     * until nothing is found any more or the patience is at its end.
     *
     * @throws Complaint if Kafka does not take what is wanted of it
     */
    public void compactContacts(List<Finding> findings, Duration patience) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.CONTACTS);
        var before = own(topic);
        set(topic, HURRY);
        try {
            roll(findings.stream().map(Finding::partition).collect(Collectors.toSet()));
            awaitNone(patience);
        } finally {
            putBack(topic, before);
        }
    }

    private void awaitNone(Duration patience) {
        var end = clock.instant().plus(patience);
        while (clock.instant().isBefore(end)
                && !search(Set.of(Topics.CONTACTS)).findings().isEmpty()) {
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted. To erase the person again goes on from here.", e);
        }
    }

    /** A segment is closed by the record that comes after its time, and only closed ones are compacted. */
    private void roll(Set<TopicPartition> partitions) {
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var confirmations = new ArrayList<Future<?>>();
            for (var partition : partitions) {
                var at = clock.instant();
                var roll = new ProducerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        at.toEpochMilli(),
                        ROLLED_KEY,
                        "{}".getBytes(StandardCharsets.UTF_8));
                EventHeaders.SPEC_VERSION.write(roll.headers(), "1.0");
                EventHeaders.ID.write(roll.headers(), "rolled-" + partition + "-" + at);
                EventHeaders.SOURCE.write(roll.headers(), "/stagecoach/erasure");
                EventHeaders.TYPE.write(roll.headers(), ROLLED);
                EventHeaders.TIME.write(roll.headers(), at.toString());
                confirmations.add(producer.send(roll));
            }
            for (var confirmation : confirmations) {
                confirmation.get();
            }
        } catch (KafkaException | ExecutionException e) {
            throw refused(Topics.CONTACTS, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    /** What a topic itself says of the settings that are changed here; what comes from the broker is left out. */
    private Map<String, String> own(ConfigResource topic) {
        var described =
                answer(topic.name(), admin.describeConfigs(Set.of(topic)).all());
        return described.values().stream()
                .flatMap(config -> config.entries().stream())
                .filter(entry -> entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG && HURRY.containsKey(entry.name()))
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private void set(ConfigResource topic, Map<String, String> values) {
        alter(
                topic,
                values.entrySet().stream()
                        .map(one -> new AlterConfigOp(new ConfigEntry(one.getKey(), one.getValue()), OpType.SET))
                        .toList());
    }

    private void putBack(ConfigResource topic, Map<String, String> before) {
        alter(
                topic,
                HURRY.keySet().stream()
                        .map(name -> before.containsKey(name)
                                ? new AlterConfigOp(new ConfigEntry(name, before.get(name)), OpType.SET)
                                : new AlterConfigOp(new ConfigEntry(name, null), OpType.DELETE))
                        .toList());
    }

    private void alter(ConfigResource topic, List<AlterConfigOp> changes) {
        answer(
                topic.name(),
                admin.incrementalAlterConfigs(Map.of(topic, changes)).all());
    }

    /**
     * Deletes what stands before and at these records, in their partitions: Kafka deletes from the beginning on, and in no other way.
     *
     * @return how many places of records went, by topic
     * @throws Complaint if Kafka does not take what is wanted of it
     */
    public Map<String, Long> deleteUpTo(List<Finding> findings) {
        var ends = new HashMap<TopicPartition, Long>();
        findings.forEach(finding -> ends.merge(finding.partition(), finding.offset() + 1, Math::max));
        var gone = new TreeMap<String, Long>();
        beginnings(ends.keySet())
                .forEach((partition, beginning) ->
                        gone.merge(partition.topic(), ends.getOrDefault(partition, beginning) - beginning, Long::sum));
        var deletions = ends.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())));
        answer(String.join(", ", gone.keySet()), admin.deleteRecords(deletions).all());
        return gone;
    }

    private Map<TopicPartition, Long> beginnings(Set<TopicPartition> partitions) {
        try (var consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.beginningOffsets(partitions);
        } catch (KafkaException e) {
            throw Complaint.ofKafka(kafka, e);
        }
    }

    private static <T> T answer(String topics, Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw refused(topics, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    private static Complaint refused(String topics, Exception e) {
        var why = e.getCause() == null ? e : e.getCause();
        return new Complaint(
                "Kafka refuses what is wanted of " + topics + ": " + why.getMessage()
                        + ". Whoever erases people must be allowed to read all topics, and to write, alter and delete in these.",
                e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofMillis(ANSWER_MILLIS));
    }
}
