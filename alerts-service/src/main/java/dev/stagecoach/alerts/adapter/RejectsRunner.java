package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import dev.stagecoach.alerts.reject.Reject;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.ReasonPattern;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.exactlyonce.ConsumerSettings;
import dev.stagecoach.events.exactlyonce.ExactlyOnceConsumer;
import dev.stagecoach.events.exactlyonce.KafkaConnection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts what went no further, in a group of its own: however much is rejected, alerts do not wait for it. What this service itself
 * passes over is in its own table, and is not read back from its topic, where a mistake in here would feed itself.
 */
@ApplicationScoped
class RejectsRunner {
    static final String GROUP = "alerts-service-rejects";
    static final List<String> TOPICS =
            List.of(Topics.USAGE_QUARANTINE, Topics.LIFECYCLE_DEAD_LETTERS, Topics.OUTREACH_DEAD_LETTERS);

    private static final int MOST_AT_ONCE = 2_000;
    private static final int LONGEST_TEXT = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    private final ExactlyOnceConsumer<Reject> consumer;

    RejectsRunner(
            AlertsSettings settings,
            DataSource database,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        ConsumerSettings anyReplica = new ConsumerSettings(new KafkaConnection(kafka), GROUP, TOPICS, MOST_AT_ONCE)
                .withDeadLettersIn(Topics.ALERTS_DEAD_LETTERS);
        this.consumer = new ExactlyOnceConsumer<>(
                settings.alerts().replica().map(anyReplica::ofReplica).orElse(anyReplica),
                database,
                consumed -> isTakenAfterAll(consumed) ? Optional.empty() : Optional.of(read(consumed)),
                (transaction, batch) -> new JdbcRejects(transaction).add(batch));
    }

    void start(@Observes StartupEvent event) {
        consumer.start();
    }

    void stop(@Observes ShutdownEvent event) {
        consumer.close();
    }

    /** Why nothing is counted; empty when all is well. */
    Optional<String> problem() {
        return consumer.problem();
    }

    /** Why this process counts no more; empty while it does. */
    Optional<String> stopped() {
        return consumer.stopped();
    }

    /** It says of something that was counted when it was rejected that it is no longer open. */
    private static boolean isTakenAfterAll(ConsumerRecord<String, byte[]> consumed) {
        return EventHeaders.TYPE.is(consumed.headers(), EventType.USAGE_REPLAYED);
    }

    /** Whatever else stands in it, a record says something. */
    static Reject read(ConsumerRecord<String, byte[]> consumed) {
        boolean isUsage = consumed.topic().equals(Topics.USAGE_QUARANTINE);
        String origin = (isUsage ? EventHeaders.REJECTED_SOURCE : EventHeaders.DEAD_LETTER_TOPIC)
                .read(consumed.headers())
                .orElse("unknown");
        return new Reject(
                consumed.topic(),
                text(origin),
                isUsage ? usageReason(consumed) : deadLetterReason(consumed, origin),
                Instant.ofEpochMilli(Math.max(0, consumed.timestamp())),
                consumed.topic() + "-" + consumed.partition() + "@" + consumed.offset(),
                consumed.key() == null ? null : text(consumed.key()));
    }

    private static String usageReason(ConsumerRecord<String, byte[]> consumed) {
        return ReasonPattern.of(
                EventHeaders.REJECTED_REASON.read(consumed.headers()).orElse(""));
    }

    /** What cannot be read of contacts may be a person's name or address: not even its pattern is kept. */
    private static String deadLetterReason(ConsumerRecord<String, byte[]> consumed, String origin) {
        String kind = EventHeaders.DEAD_LETTER_KIND.read(consumed.headers()).orElse("unknown kind");
        return origin.equals(Topics.CONTACTS)
                ? text(kind)
                : text(kind) + ": "
                        + ReasonPattern.of(EventHeaders.DEAD_LETTER_REASON
                                .read(consumed.headers())
                                .orElse(""));
    }

    private static String text(@Nullable String given) {
        String text = UNPRINTABLE.matcher(String.valueOf(given)).replaceAll("?");
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
