package dev.stagecoach.outreach;

import dev.stagecoach.outreach.delivery.Enrolment;
import dev.stagecoach.outreach.delivery.EnrolmentChange;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Accounts with what was decided about them, within the transaction of one batch. */
public interface Enrolments {
    /** The time of each of these partitions, as far as it has begun. */
    Map<Integer, Instant> clocks(Set<Integer> partitions);

    /** Accounts for which time alone changes something until then. */
    Set<String> due(Map<Integer, Instant> untilByPartition);

    /** Those that are known, by id. */
    Map<String, Enrolment> load(Set<String> accounts);

    /**
     * Writes what changed, and tells the world of each mail that was suppressed, unless a sender has taken it meanwhile.
     *
     * @param clocks the time of each partition after the batch
     * @param previous where the clocks of partitions stood before the latest tick of the batch moved them on
     */
    void save(Collection<EnrolmentChange> changes, Map<Integer, Instant> clocks, Map<Integer, Instant> previous);
}
