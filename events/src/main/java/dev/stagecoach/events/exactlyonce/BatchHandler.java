package dev.stagecoach.events.exactlyonce;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * What a service does with the events it reads. Called on one thread.
 *
 * @param <R> what its {@link RecordReader} makes of a record
 */
public interface BatchHandler<R> {
    /**
     * Applies events in the transaction that also moves the offsets. Nothing that a rollback cannot take back belongs here: no
     * mail, no HTTP.
     *
     * @param transaction not to be committed, rolled back or closed by the handler
     * @param batch those of one partition number in order of time, ticks first at equal times
     * @throws SQLException or anything unchecked: the transaction is rolled back, {@link #revoked} is called, and the same events
     *     come again, first those of each partition number apart, then in smaller batches down to the one that fails
     */
    void handle(Connection transaction, List<R> batch) throws SQLException;

    /**
     * Partition numbers that this member owns from now on; called before their first batch. What a handler remembers of their
     * accounts it may read from the database here, or as accounts come up.
     */
    default void assigned(Set<Integer> partitions) {}

    /**
     * Partition numbers that this member has given up or lost, or whose transaction failed: what it remembers of their accounts
     * may never have been committed, or be another's to change now, and must be forgotten. Where they stay with this member,
     * {@link #assigned} follows.
     */
    default void revoked(Set<Integer> partitions) {}
}
