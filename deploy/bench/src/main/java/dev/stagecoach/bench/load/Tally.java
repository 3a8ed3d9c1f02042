package dev.stagecoach.bench.load;

import java.util.Map;

/**
 * What a phase of load came to.
 *
 * @param seconds how long requests were begun
 * @param events acknowledged as recorded within those seconds
 * @param acknowledged those, and the events of requests that were answered afterwards
 * @param refused how many requests were answered with another status than 200, by status
 * @param p50Millis from when a request was to be sent until its answer was there, of all requests that were begun
 */
public record Tally(
        double seconds,
        long requests,
        long events,
        long acknowledged,
        Map<Integer, Long> refused,
        double p50Millis,
        double p99Millis,
        double maxMillis) {

    /** How many events were recorded a second. */
    public double eventsPerSecond() {
        return events / seconds;
    }

    /** How many requests were refused. */
    public long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }
}
