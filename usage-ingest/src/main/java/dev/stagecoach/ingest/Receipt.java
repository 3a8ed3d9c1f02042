package dev.stagecoach.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the events of one request.
 *
 * @param received events in the request: {@code recorded + ignored +} those rejected
 * @param recorded events on the usage topic
 * @param ignored calls that are no usage
 * @param rejected in the order of the request
 */
public record Receipt(int received, int recorded, int ignored, List<Rejection> rejected) {
    /**
     * An event that was not recorded.
     *
     * @param index place in the request, from 0
     * @param messageId the sender's id, if it gave one
     */
    public record Rejection(int index, @Nullable String messageId, String reason) {}
}
