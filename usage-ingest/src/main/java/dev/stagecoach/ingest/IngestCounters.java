package dev.stagecoach.ingest;

/**
 * What became of usage, counted in pieces: events of the tracking API and pings. For each kind, at any time when no request is
 * under way:
 *
 * <pre>
 * received = recorded + repeated + rejected + ignored + unconfirmed
 * </pre>
 *
 * <ul>
 *   <li>received: came readable and with a valid key
 *   <li>recorded: stored on a usage topic, confirmed by Kafka
 *   <li>repeated: events that were stored lately; their senders are told that they are
 *   <li>rejected: stored in quarantine with its reason, confirmed by Kafka
 *   <li>ignored: valid calls that are no usage, such as {@code identify}
 *   <li>unconfirmed: Kafka did not confirm in time, and the sender was told so; when sent again it counts as received again
 * </ul>
 *
 * Requests that were refused as a whole are outside of this and counted by reason.
 */
public interface IngestCounters {
    /** What is counted. */
    enum Kind {
        EVENT,
        PING
    }

    /** One request whose usage was stored. */
    void stored(Kind kind, int recorded, int repeated, int rejected, int ignored);

    /** One request whose usage was not confirmed. */
    void unconfirmed(Kind kind, int received);

    /** One request that was not taken. */
    void refused(Refusal refusal);
}
