package dev.stagecoach.local;

import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Replaces every process of every service, one at a time, while usage events keep coming. */
final class RollingRun {

    private static final long WARM_UP_MILLIS = 15_000;

    private final Stack stack;
    private final int eventsPerSecond;
    private final Consumer<String> tell;

    /** @param tell takes a line for each process that is replaced */
    RollingRun(Stack stack, int eventsPerSecond, Consumer<String> tell) {
        this.stack = stack;
        this.eventsPerSecond = eventsPerSecond;
        this.tell = tell;
    }

    /**
     * What came of it.
     *
     * @param sent events that were to be sent
     * @param accepted those that usage-ingest said it has
     * @param lost the ids of accepted ones that are not in Kafka
     * @param counted how many events lifecycle-service has counted, each once
     * @param askedAgain requests that had to be made again, to another replica
     * @param latencies of each request since the first process was told to stop, from the time at which it was due to its success, in order of size
     */
    record Result(int sent, int accepted, Set<String> lost, long counted, int askedAgain, List<Duration> latencies) {

        /** The latency that so many of a hundred requests do not exceed. */
        Duration percentile(double percent) {
            int rank = (int) Math.ceil(latencies.size() * percent / 100);
            return latencies.get(Math.max(0, rank - 1));
        }
    }

    Result run() {
        try (var load = SteadyEvents.start(stack, eventsPerSecond);
                var caughtUp = new CaughtUp(stack)) {
            becomeSteady(load);
            Stream.of(Service.values())
                    .flatMap(service -> stack.replicas(service).stream())
                    .forEach(this::replace);
            var accepted = load.stop();
            caughtUp.await(Service.LIFECYCLE);
            var lost = new HashSet<>(accepted);
            lost.removeAll(UsageRecords.ids(stack.platform().bootstrapServers(), Topics.USAGE_EVENTS));
            return new Result(
                    load.sent(),
                    accepted.size(),
                    lost,
                    counted(stack),
                    load.askedAgain(),
                    new ArrayList<>(load.latencies()));
        }
    }

    /** What has just started is slow at first, and nobody replaces it then. */
    private static void becomeSteady(SteadyEvents load) {
        try {
            Thread.sleep(WARM_UP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
        load.measure();
    }

    private void replace(Replica replica) {
        long startedAt = System.nanoTime();
        stack.stop(replica);
        var stopped = Duration.ofNanos(System.nanoTime() - startedAt);
        stack.start(replica);
        stack.awaitReady(replica);
        tell.accept("%s: stopped after %s, and its successor was ready after %s"
                .formatted(
                        replica,
                        Terminal.seconds(stopped),
                        Terminal.seconds(Duration.ofNanos(System.nanoTime() - startedAt))));
    }

    /** How many events lifecycle-service has counted, by the ids that it remembers in order to count each once. */
    static long counted(Stack stack) {
        try (var database = DriverManager.getConnection(
                        stack.jdbcUrl(Service.LIFECYCLE).orElseThrow(),
                        stack.platform().databaseUser(),
                        stack.platform().databasePassword());
                var statement = database.createStatement();
                var row = statement.executeQuery("select coalesce(sum(octet_length(ids)), 0) / 8 from event_receipt")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new Complaint("The database of lifecycle-service cannot be read: " + e.getMessage(), e);
        }
    }
}
