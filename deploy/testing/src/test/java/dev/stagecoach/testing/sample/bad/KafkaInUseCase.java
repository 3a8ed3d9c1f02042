package dev.stagecoach.testing.sample.bad;

import org.apache.kafka.clients.producer.ProducerRecord;

class KafkaInUseCase {

    ProducerRecord<String, String> record() {
        return new ProducerRecord<>("topic", "value");
    }
}
