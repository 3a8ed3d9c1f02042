package dev.stagecoach.local.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What usage-ingest said to a request: which of its pieces it rejected again, and why. */
final class IngestAnswer {

    private final int pieces;
    private final Map<Integer, String> reasons = new HashMap<>();

    private IngestAnswer(int pieces) {
        this.pieces = pieces;
    }

    /**
     * Reads it.
     *
     * @param pieces how many were in the request
     * @throws Complaint if it is about whoever asks, and not about what was sent
     */
    static IngestAnswer of(int pieces, int status, String body) {
        if (status == 401 || isAboutReplaying(status, body)) {
            throw new Complaint(detail(status, body) + ". --key names a write key.");
        }
        var answer = new IngestAnswer(pieces);
        if (status / 100 == 2) {
            for (JsonNode rejected : json(body).path("rejected")) {
                answer.reasons.put(
                        rejected.path("index").asInt(), rejected.path("reason").asText());
            }
        } else if (status / 100 == 4) {
            for (int piece = 0; piece < pieces; piece++) {
                answer.reasons.put(piece, detail(status, body));
            }
        } else {
            throw new Complaint("usage-ingest answers " + status + ": " + detail(status, body) + ".");
        }
        return answer;
    }

    private static boolean isAboutReplaying(int status, String body) {
        String detail = detail(status, body);
        // 403 for one of these headers alone is about the piece: its key is gone, or does not speak for its account any
        // more.
        return (status == 400 && detail.startsWith("Stagecoach-"))
                || (status == 403 && detail.startsWith("Stagecoach-Received-At, "));
    }

    int pieces() {
        return pieces;
    }

    /** Why a piece was rejected again; null when it was taken. */
    @Nullable String reason(int piece) {
        return reasons.get(piece);
    }

    private static String detail(int status, String body) {
        var detail = json(body).path("detail");
        return detail.isTextual() ? detail.textValue() : "status " + status;
    }

    private static JsonNode json(String body) {
        try {
            return EventCodec.json().readTree(body);
        } catch (IOException e) {
            return EventCodec.json().missingNode();
        }
    }
}
