package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.exactlyonce.BatchHandler;
import dev.stagecoach.events.exactlyonce.Received;
import dev.stagecoach.outreach.ApplyEvents;
import dev.stagecoach.outreach.ApplyEvents.Incoming;
import dev.stagecoach.traces.BatchSteps;
import dev.stagecoach.traces.Traces;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Batches of events from Kafka, and with them the ownership of partitions. */
final class KafkaEvents implements BatchHandler<Received> {
    private final ApplyEvents applyEvents;
    private final MailSender sender;
    private final KafkaTold told;
    private final CatchingUp catchingUp;
    private final BatchSteps steps;

    KafkaEvents(ApplyEvents applyEvents, MailSender sender, KafkaTold told, CatchingUp catchingUp, Traces traces) {
        this.applyEvents = applyEvents;
        this.sender = sender;
        this.told = told;
        this.catchingUp = catchingUp;
        this.steps = new BatchSteps(traces);
    }

    @Override
    public void handle(Connection transaction, List<Received> batch) {
        applyEvents.apply(
                new JdbcEnrolments(transaction, tracesIn(batch)),
                batch.stream()
                        .map(received -> new Incoming(received.event(), received.partition()))
                        .toList());
        told.keepUp(transaction);
    }

    private Map<String, String> tracesIn(List<Received> batch) {
        steps.begin();
        Map<String, String> traces = new HashMap<>();
        for (Received received : batch) {
            Event<?> event = received.event();
            String trace = steps.takeUp("decide on mails", event.traceParent(), event.account(), event.id());
            if (trace != null) {
                traces.put(event.id(), trace);
            }
        }
        return traces;
    }

    /**
     * What this service has told is known before anything is sent, or decided, in these partitions; what time it is, before
     * anything is sent.
     */
    @Override
    public void assigned(Set<Integer> partitions) {
        told.recall(partitions);
        catchingUp.begin(partitions);
        sendFromWhatHasCaughtUp();
    }

    /** The batch at hand has been committed. */
    void committed() {
        steps.committed();
        sendFromWhatHasCaughtUp();
    }

    /** Mails go from the partitions that have caught up by now. */
    private void sendFromWhatHasCaughtUp() {
        Set<Integer> done = catchingUp.done();
        if (!done.isEmpty()) {
            sender.own(done);
        }
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        catchingUp.forget(partitions);
        sender.disown(partitions);
        told.forget(partitions);
    }
}
