package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator looks at.
 *
 * @param now the time as ticks tell it
 * @param chat how the places of the chat stand
 * @param webhooks how webhooks stand
 * @param deliveries messages that have not reached the chat although they were tried, the latest first
 * @param deadLetters records that were passed over, the latest first
 * @param topics what has been read
 */
@TemplateData
record SystemPage(
        @Nullable String now,
        @Nullable String nowText,
        List<ChatReport> chat,
        List<StoredWebhook> webhooks,
        List<Delivery> deliveries,
        List<DeadLetter> deadLetters,
        List<Topic> topics) {
    /** A message that has not reached the chat. */
    @TemplateData
    record Delivery(String title, String channel, String state, int attempts, String problem) {}

    /**
     * A record that was passed over.
     *
     * @param place topic, partition and offset
     * @param account its key, as far as it is text
     */
    @TemplateData
    record DeadLetter(String place, String account, String reason, Instant recordedAt) {
        public String at() {
            return recordedAt.toString();
        }

        public String atText() {
            return PageText.time(recordedAt);
        }
    }

    /**
     * How far a topic has been read.
     *
     * @param unread what Kafka has besides in the partitions that this process reads; null when it does not know
     */
    @TemplateData
    record Topic(
            String name,
            long partitions,
            long records,
            @Nullable Long unread) {
        public String unreadText() {
            return unread == null ? "unknown" : unread.toString();
        }
    }
}
