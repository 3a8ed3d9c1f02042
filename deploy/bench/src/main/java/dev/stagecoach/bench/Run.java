package dev.stagecoach.bench;

import org.jspecify.annotations.Nullable;

/**
 * One contender's way through the whole log. What the machine does not tell is null.
 *
 * @param events how many usage events it read
 * @param seconds from the start of its process until it had caught up
 * @param secondsFromFirst from its first record until it had caught up
 * @param cpuSeconds processor time of the contender, the database that it writes to included
 * @param databaseCpuSeconds the database's part of that
 * @param brokerCpuSeconds processor time of the broker meanwhile
 * @param peakMemoryMb the most memory that its own process used at once
 * @param databaseBytes what the database wrote to its log, in bytes
 * @param secondsToPublish from the start of its process until all that it decided was published, for one that decides
 */
record Run(
        String contender,
        long events,
        double seconds,
        double secondsFromFirst,
        @Nullable Double cpuSeconds,
        @Nullable Double databaseCpuSeconds,
        @Nullable Double brokerCpuSeconds,
        @Nullable Double peakMemoryMb,
        @Nullable Double databaseBytes,
        @Nullable Double secondsToPublish) {

    double eventsPerSecond() {
        return events / seconds;
    }

    double eventsPerSecondFromFirst() {
        return events / secondsFromFirst;
    }

    @Nullable Double cpuSecondsPerMillion() {
        return cpuSeconds == null ? null : cpuSeconds * 1_000_000 / events;
    }

    @Nullable Double brokerCpuSecondsPerMillion() {
        return brokerCpuSeconds == null ? null : brokerCpuSeconds * 1_000_000 / events;
    }

    @Nullable Double databaseBytesPerEvent() {
        return databaseBytes == null ? null : databaseBytes / events;
    }
}
