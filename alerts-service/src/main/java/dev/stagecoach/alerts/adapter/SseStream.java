package dev.stagecoach.alerts.adapter;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Alerts as server-sent events, with a sign of life where there is nothing to say.
 *
 * @param end when the reader's sign-in ends, and the stream with it, if it does
 */
record SseStream(Sse sse, Optional<Instant> end) {
    static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    /** Mutiny takes no time span that is none. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private static final long RECONNECT_MILLIS = 2_000;

    Multi<OutboundSseEvent> of(Multi<StoredAlert> alerts, String name, Function<StoredAlert, String> data) {
        Multi<OutboundSseEvent> events = alerts.map(alert -> sse.newEventBuilder()
                .id(alert.id())
                .name(name)
                .data(data.apply(alert))
                .build());
        return untilEnd(Multi.createBy().merging().streams(signsOfLife(), events));
    }

    /** A reader who is still signed in then connects again. */
    private Multi<OutboundSseEvent> untilEnd(Multi<OutboundSseEvent> events) {
        return end.map(instant -> events.select().first(untilThen(instant))).orElse(events);
    }

    private static Duration untilThen(Instant end) {
        Duration rest = Duration.between(Instant.now(), end);
        return rest.compareTo(SHORTEST) > 0 ? rest : SHORTEST;
    }

    /**
     * Both with the same data.
     *
     * @param alerts are events of the name alert, which a reader can resume after
     * @param acted alerts that something was done with, as they are then: events of the name acted
     */
    Multi<OutboundSseEvent> of(
            Multi<StoredAlert> alerts, Multi<StoredAlert> acted, Function<StoredAlert, String> data) {
        // Without an id: what a reader resumes after stays the last alert that was raised.
        Multi<OutboundSseEvent> changed = acted.map(alert ->
                sse.newEventBuilder().name("acted").data(data.apply(alert)).build());
        return untilEnd(Multi.createBy().merging().streams(of(alerts, "alert", data), changed));
    }

    private Multi<OutboundSseEvent> signsOfLife() {
        return Multi.createFrom()
                .ticks()
                // The first one at once: it makes the answer's head go out.
                .startingAfter(Duration.ofMillis(1))
                .every(SIGN_OF_LIFE)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder()
                        .comment("alive")
                        .reconnectDelay(RECONNECT_MILLIS)
                        .build());
    }
}
