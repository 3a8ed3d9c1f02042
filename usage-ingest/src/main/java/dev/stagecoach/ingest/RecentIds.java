package dev.stagecoach.ingest;

/**
 * Ids of usage events that this process stored lately, so that what a sender repeats at once is not stored again. A help for whoever
 * reads the topic, and no promise: other replicas know nothing of it. Who counts looks at ids again.
 */
@FunctionalInterface
public interface RecentIds {
    /** For the events of one request. */
    Claim claim();

    /** The ids of one request. */
    interface Claim {
        /** False when the event was stored lately, or is in this request already. */
        boolean isNew(String account, String id);

        /** From now on, these ids are not new. */
        void stored();
    }
}
