package dev.stagecoach.events.exactlyonce;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A lane whose records could not be applied. It is tried again apart from the others, in ever smaller batches, until the one
 * record that cannot be applied stands alone: it holds up its own lane, and no other.
 *
 * @param limit the most records to try at once
 * @param first where the first record of the batch that failed stands
 * @param why the failure
 * @param fault whose fault the last failure was
 * @param tries how often that one record, alone, has failed by its own fault
 * @param since {@link System#nanoTime()} of the failure
 * @param pause how long to leave the lane alone
 */
record Trouble(int limit, String first, String why, Fault fault, int tries, long since, Duration pause) {
    /** So often is a record tried, alone and over some eight seconds, before it is set aside. */
    static final int MOST_TRIES = 5;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    static Trouble first(int limit, ConsumerRecord<?, ?> first, Exception failure, Fault fault, long now) {
        return new Trouble(limit, place(first), failure.toString(), fault, 0, now, FIRST_PAUSE);
    }

    /** After a batch of the lane alone has failed. */
    Trouble again(int batch, ConsumerRecord<?, ?> head, Exception failure, Fault newFault, long now) {
        String place = place(head);
        if (batch > 1) {
            return new Trouble(batch / 2, place, failure.toString(), newFault, 0, now, FIRST_PAUSE);
        }
        int before = place.equals(first) ? tries : 0;
        int after = newFault == Fault.OF_A_RECORD ? before + 1 : before;
        Duration longer = pause.multipliedBy(2);
        Duration bounded = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        return new Trouble(1, place, failure.toString(), newFault, after, now, bounded);
    }

    /** After a batch of the lane alone was applied. */
    Trouble eased() {
        return new Trouble(limit * 2, first, why, Fault.OF_A_RECORD, 0, since, Duration.ZERO);
    }

    /** Whether it is known which record it is. */
    boolean isOneRecord() {
        return pause.compareTo(FIRST_PAUSE) > 0;
    }

    /** Whether this record, at the head of the lane, has had all its tries. */
    boolean hasGivenUpOn(ConsumerRecord<?, ?> head) {
        return tries >= MOST_TRIES && place(head).equals(first);
    }

    /** Whether the lane waits for something around it to pass. */
    boolean isWaiting() {
        return fault == Fault.OF_THE_SURROUNDINGS;
    }

    boolean mayTryAgain(long now) {
        return now - since >= pause.toNanos();
    }

    /** The record and its failure, for people. */
    String description() {
        return first + ": " + why;
    }

    private static String place(ConsumerRecord<?, ?> one) {
        return one.topic() + "-" + one.partition() + "@" + one.offset();
    }
}
