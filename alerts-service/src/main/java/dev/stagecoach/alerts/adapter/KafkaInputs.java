package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.Incoming;
import dev.stagecoach.alerts.KeepHistory;
import dev.stagecoach.alerts.RaiseAlerts;
import dev.stagecoach.alerts.WriteDigests;
import dev.stagecoach.alerts.history.Heard;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.exactlyonce.BatchHandler;
import dev.stagecoach.events.exactlyonce.Received;
import dev.stagecoach.traces.BatchSteps;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What alerts-service reads, and what it does with it. */
record KafkaInputs(
        RaiseAlerts raiseAlerts,
        WriteDigests writeDigests,
        Recipients recipients,
        Duration acknowledgedFor,
        RaisedAlerts raised,
        BatchSteps steps)
        implements BatchHandler<Received> {
    static final String GROUP = "alerts-service";
    static final List<String> TOPICS = List.of(
            Topics.ACCOUNTS,
            Topics.CONTACTS,
            Topics.LIFECYCLE_STAGES,
            Topics.LIFECYCLE_MILESTONES,
            Topics.LIFECYCLE_USAGE,
            Topics.LIFECYCLE_HEALTH,
            Topics.LIFECYCLE_RECAPS,
            Topics.OUTREACH_MESSAGES,
            Topics.OUTREACH_RESPONSES,
            Topics.TIME_TICKS);

    private static final KeepHistory KEEP_HISTORY = new KeepHistory();

    @Override
    public void handle(Connection transaction, List<Received> batch) {
        List<Incoming> incoming = batch.stream()
                .map(received -> new Incoming(received.event(), received.partition()))
                .toList();
        raised.begin();
        Map<String, String> traces = tracesIn(batch);
        raiseAlerts.from(
                incoming,
                new JdbcAccounts(transaction),
                new JdbcAlerts(transaction, recipients, acknowledgedFor, raised, traces),
                new JdbcTime(transaction));
        KEEP_HISTORY.from(batch.stream().map(KafkaInputs::heard).toList(), new JdbcHistories(transaction));
        new PortfolioBatch(transaction)
                .keep(incoming.stream().map(Incoming::event).toList());
        writeDigests.from(incoming, new JdbcDigests(transaction, recipients.weeklyDigests()));
    }

    private Map<String, String> tracesIn(List<Received> batch) {
        steps.begin();
        Map<String, String> traces = new HashMap<>();
        for (Received received : batch) {
            Event<?> event = received.event();
            String trace = steps.takeUp("decide on alerts", event.traceParent(), event.account(), event.id());
            if (trace != null) {
                traces.put(event.id(), trace);
            }
        }
        return traces;
    }

    private static Heard heard(Received received) {
        return new Heard(received.event(), received.topic() + "-" + received.partition() + "@" + received.offset());
    }
}
