package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.Receipt;
import dev.stagecoach.ingest.Receipt.Rejection;
import dev.stagecoach.ingest.RecordEvents;
import dev.stagecoach.ingest.adapter.json.TrackingReader;
import dev.stagecoach.ingest.tracking.TrackingBody;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The Segment tracking API. */
@Singleton
final class TrackingApi {
    private final RecordEvents recordEvents;
    private final TrackingReader reader;

    TrackingApi(RecordEvents recordEvents, TrackingReader reader) {
        this.recordEvents = recordEvents;
        this.reader = reader;
    }

    /** One event. */
    CompletionStage<Reply> single(String call, Incoming incoming) {
        return record(reader.readSingle(call, incoming.body()), incoming);
    }

    /** Many. */
    CompletionStage<Reply> batch(Incoming incoming) {
        return record(reader.readBatch(incoming.body()), incoming);
    }

    private CompletionStage<Reply> record(TrackingBody events, Incoming incoming) {
        return recordEvents
                .record(events, incoming.path(), incoming.key(), incoming.replayed(), incoming.body())
                .thenApply(receipt -> Reply.ok(Answer.to(receipt)));
    }

    /** What SDKs parse, and what became of the events. */
    record Answer(boolean success, int received, int recorded, int repeated, int ignored, List<Rejection> rejected) {
        static Answer to(Receipt receipt) {
            return new Answer(
                    true,
                    receipt.received(),
                    receipt.recorded(),
                    receipt.repeated(),
                    receipt.ignored(),
                    receipt.rejected());
        }
    }
}
