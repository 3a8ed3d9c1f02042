package dev.stagecoach.testing.sample.good.adapter;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An adapter may do all that is forbidden elsewhere. */
class KafkaDecisions {

    ProducerRecord<String, Instant> record() {
        return new ProducerRecord<>("decisions", UUID.randomUUID().toString(), Instant.now());
    }
}
