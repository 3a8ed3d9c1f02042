package dev.stagecoach.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A plain client of the broker. */
final class Records {

    private final String bootstrapServers;

    Records(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    void createTopic(String name) throws ExecutionException, InterruptedException {
        createTopic(name, 1);
    }

    void createTopic(String name, int copies) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) copies)))
                    .all()
                    .get();
        }
    }

    void produce(String topic, Instant at, String value) throws ExecutionException, InterruptedException {
        // A broker that is frozen is asked for 2 s before another one is. A topic that is not there is waited for 10 s.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "request.timeout.ms", 2_000,
                "delivery.timeout.ms", 60_000,
                "max.block.ms", 10_000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, null, at.toEpochMilli(), "key", value))
                    .get();
        }
    }

    /** Reads a topic from its beginning, as a consumer group of its own, until so many records have come. */
    List<String> consume(String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest");
        var deadline = Instant.now().plusSeconds(30);
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (values.size() < count && Instant.now().isBefore(deadline)) {
                for (ConsumerRecord<String, String> received : consumer.poll(Duration.ofMillis(100))) {
                    values.add(received.value());
                }
            }
        }
        return values;
    }
}
