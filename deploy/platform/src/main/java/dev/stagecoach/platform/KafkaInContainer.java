package dev.stagecoach.platform;

import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;

final class KafkaInContainer implements RunningKafka {

    private static final String IMAGE = "apache/kafka:4.1.1";
    private static final int PORT = 9092;
    private static final String DATA = "/var/lib/kafka/data";

    private final KafkaContainer container;
    private final PlatformOptions options;

    private KafkaInContainer(KafkaContainer container, PlatformOptions options) {
        this.container = container;
        this.options = options;
    }

    static KafkaInContainer start(PlatformOptions options) {
        var container = new KafkaContainer(IMAGE);
        BrokerSettings.common(1).forEach((name, value) -> container.withEnv(variable(name), value));
        container.withEnv("KAFKA_LOG_DIRS", DATA);
        container.withEnv("KAFKA_HEAP_OPTS", "-Xmx512m");
        Containers.publish(container, options.kafkaPort(), PORT);
        Containers.keep(container, options, "kafka-container", DATA);
        container.start();
        return new KafkaInContainer(container, options);
    }

    /** The image's rule for names of settings as variables. */
    private static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers().replace("PLAINTEXT://", "");
    }

    @Override
    public void close() {
        Containers.stop(container, options);
    }
}
