package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.events.exactlyonce.BatchHandler;
import dev.stagecoach.lifecycle.FollowAccounts;
import dev.stagecoach.lifecycle.Happening;
import dev.stagecoach.traces.BatchSteps;
import dev.stagecoach.traces.Traces;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Applies what one consumer reads to the accounts of its partitions. Touched by the consumer's thread only. */
final class AccountBatches implements BatchHandler<KafkaAccountLog.Incoming> {
    private final FollowAccounts followAccounts;
    private final int usersRemembered;
    private final int repeatWindowDays;
    private final EventMetrics metrics;
    private final DecisionMetrics decisionMetrics;
    private final BatchSteps steps;
    private final Set<Integer> owned = new HashSet<>();
    private final Map<Integer, Shelf> shelves = new HashMap<>();
    /** Of the transaction at hand. */
    private EventTotals events = new EventTotals();

    private DecisionTotals decisions = new DecisionTotals();

    /**
     * @param usersRemembered roughly how many users to remember between batches, shared by the partitions alike
     * @param repeatWindowDays how many days receipts of the same event may be apart
     * @param metrics is told what became of events, once it is certain
     * @param decisionMetrics likewise, what was decided
     * @param traces which traces decisions are part of
     */
    AccountBatches(
            FollowAccounts followAccounts,
            int usersRemembered,
            int repeatWindowDays,
            EventMetrics metrics,
            DecisionMetrics decisionMetrics,
            Traces traces) {
        this.followAccounts = followAccounts;
        this.usersRemembered = usersRemembered;
        this.repeatWindowDays = repeatWindowDays;
        this.metrics = metrics;
        this.decisionMetrics = decisionMetrics;
        this.steps = new BatchSteps(traces);
    }

    @Override
    public void handle(Connection transaction, List<KafkaAccountLog.Incoming> batch) {
        Map<Integer, List<Happening>> byPartition = new TreeMap<>();
        int partition = -1;
        List<Happening> happenings = List.of();
        // Those of a partition come together.
        for (KafkaAccountLog.Incoming incoming : batch) {
            if (incoming.partition() != partition) {
                partition = incoming.partition();
                happenings = byPartition.computeIfAbsent(partition, number -> new ArrayList<>());
            }
            happenings.add(incoming.happening());
        }
        List<SqlBooks> used = new ArrayList<>();
        forget();
        byPartition.forEach((number, ofPartition) -> {
            SqlBooks books = new SqlBooks(transaction, number, shelfOf(number), steps);
            books.open(ofPartition);
            followAccounts.follow(books, ofPartition);
            used.add(books);
            events.add(books.events());
            decisions.add(books.decisions());
        });
        SqlBooks.keep(transaction, used);
    }

    /** The transaction at hand has been committed. */
    void committed() {
        metrics.add(events);
        decisionMetrics.add(decisions, Instant.now());
        steps.committed();
        forget();
    }

    private void forget() {
        events = new EventTotals();
        decisions = new DecisionTotals();
        steps.begin();
    }

    private Shelf shelfOf(int partition) {
        return shelves.computeIfAbsent(
                partition, number -> new Shelf(usersRemembered / Math.max(1, owned.size()), repeatWindowDays));
    }

    @Override
    public void assigned(Set<Integer> partitions) {
        owned.addAll(partitions);
    }

    /** What is remembered may be of a transaction that never was, or another's to change now. */
    @Override
    public void revoked(Set<Integer> partitions) {
        owned.removeAll(partitions);
        shelves.keySet().removeAll(partitions);
        forget();
    }
}
