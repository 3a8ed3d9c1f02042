package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.ReceiptClock;
import dev.stagecoach.ingest.RecordPing;
import dev.stagecoach.ingest.adapter.json.PingReader;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** Takes what instances report about themselves. */
@Singleton
final class PingApi {
    private final RecordPing recordPing;
    private final ReceiptClock clock;

    PingApi(RecordPing recordPing, ReceiptClock clock) {
        this.recordPing = recordPing;
        this.clock = clock;
    }

    /** As instances send it to their update check. */
    CompletionStage<Reply> updateCheck(Incoming incoming) {
        return record(PingReader.UPDATE_CHECK, incoming);
    }

    /** As any other product sends it. */
    CompletionStage<Reply> plain(Incoming incoming) {
        return record(PingReader.PLAIN, incoming);
    }

    private CompletionStage<Reply> record(PingReader reader, Incoming incoming) {
        return recordPing
                .record(
                        reader.read(incoming.body(), incoming.replayed().receivedBy(clock.now())),
                        incoming.path(),
                        incoming.key(),
                        incoming.replayed(),
                        incoming.body())
                .thenApply(newer -> newer.map(version -> Reply.ok(new Update(version, true)))
                        .orElse(Reply.NOTHING_TO_SAY));
    }

    /**
     * That there is a newer version than the one that reported.
     *
     * @param version the newest
     */
    record Update(String version, boolean updateAvailable) {}
}
