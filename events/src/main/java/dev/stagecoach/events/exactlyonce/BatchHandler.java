package dev.stagecoach.events.exactlyonce;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** What a service does with the events it reads. Called on one thread. */
public interface BatchHandler {
    /**
     * Applies events in the transaction that also moves the offsets. Nothing that a rollback cannot take back belongs here: no
     * mail, no HTTP.
     *
     * @param transaction not to be committed, rolled back or closed by the handler
     * @param batch those of one partition number in order of time, ticks first at equal times
     * @throws SQLException or anything unchecked: the transaction is rolled back and the same events come again
     */
    void handle(Connection transaction, List<Received> batch) throws SQLException;

    /** Partition numbers that this member owns from now on; called before their first batch. */
    default void assigned(Set<Integer> partitions) {}

    /** Partition numbers that this member has given up or lost: what it remembers of their accounts is stale. */
    default void revoked(Set<Integer> partitions) {}
}
