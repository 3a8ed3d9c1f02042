package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key with which usage may be sent, without what makes it secret. Compacted: the last record of a key is the whole truth.
 *
 * @param id its record's key, and a part of its text: {@code sc_<id>_<secret>}
 * @param secrets what its text may be; empty once it is revoked
 * @param eventsPerSecond how many events a second it may send; null when nothing is said about it
 * @param revokedAt when it was revoked; with it, the key is not good, whatever the time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WriteKeyFacts(
        String id,
        String name,
        WriteKeyScope scope,
        List<WriteKeySecret> secrets,
        @Nullable Integer eventsPerSecond,
        @Nullable Instant revokedAt)
        implements EventData {
    public WriteKeyFacts {
        Checks.notBlank("id", id);
        Checks.notBlank("name", name);
        Checks.present("scope", scope);
        if (eventsPerSecond != null && eventsPerSecond < 1) {
            throw new IllegalArgumentException("eventsPerSecond: " + eventsPerSecond + " (expected: >= 1)");
        }
        secrets = secrets == null ? List.of() : List.copyOf(secrets);
    }

    /** Its records are in order by its own id, since it can be for many accounts. */
    @Override
    public String account() {
        return id;
    }
}
