package dev.stagecoach.alerts;

import dev.stagecoach.alerts.digest.Book;
import dev.stagecoach.alerts.digest.Digest;
import java.time.Instant;
import java.util.Map;

/** The weekly digests, and whose turn it is. */
public interface Digests {
    /** Owners of accounts, with when the first digest of each is due; of those that are known already, nothing changes. */
    void expect(Map<String, Instant> firstDue);

    /** Owners whose digest is due by an instant, and since when. */
    Map<String, Instant> due(Instant tick);

    /** The accounts of an owner, and what happened to them after an instant, up to another. */
    Book book(String owner, Instant from, Instant to);

    /** Keeps a digest, which is sent by and by. One that is kept already stays as it is. */
    void keep(Digest digest);

    /** When the next digest of an owner is due. */
    void next(String owner, Instant due);
}
