package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.ingest.field.UnusableException;
import dev.stagecoach.ingest.ping.Ping;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A way of writing pings. */
interface PingFormat {
    /** The licence or write key in the ping, if any. */
    @Nullable String keyIn(ObjectNode json);

    /**
     * What the ping says.
     *
     * @param receivedAt a day or month that begins more than a day later was never counted
     * @throws UnusableException when it does not say what every ping must
     */
    Ping read(ObjectNode json, Instant receivedAt) throws UnusableException;
}
