package dev.stagecoach.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.ingest.field.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the events of one request.
 *
 * @param received events in the request: {@code recorded + repeated + ignored +} those rejected
 * @param recorded events on the usage topic
 * @param repeated events that are on it already
 * @param ignored calls that are no usage
 * @param rejected in the order of the request
 */
public record Receipt(int received, int recorded, int repeated, int ignored, List<Rejection> rejected) {
    /**
     * An event that was not recorded.
     *
     * @param index place in the request, from 0
     * @param messageId the sender's id, if it gave one; of one that is too long to be stored, the beginning, as an answer has many
     */
    public record Rejection(
            int index,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String messageId,

            String reason) {
        public Rejection {
            messageId = messageId == null || messageId.length() <= Fields.MAX_TEXT
                    ? messageId
                    : Fields.shortened(messageId);
        }
    }
}
