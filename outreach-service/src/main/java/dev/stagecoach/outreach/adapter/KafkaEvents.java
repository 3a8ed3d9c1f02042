package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.exactlyonce.BatchHandler;
import dev.stagecoach.events.exactlyonce.Received;
import dev.stagecoach.outreach.ApplyEvents;
import dev.stagecoach.outreach.ApplyEvents.Incoming;
import java.sql.Connection;
import java.util.List;
import java.util.Set;

/** Batches of events from Kafka, and with them the ownership of partitions. */
final class KafkaEvents implements BatchHandler<Received> {
    private final ApplyEvents applyEvents;
    private final MailSender sender;
    private final KafkaTold told;
    private final CatchingUp catchingUp;

    KafkaEvents(ApplyEvents applyEvents, MailSender sender, KafkaTold told, CatchingUp catchingUp) {
        this.applyEvents = applyEvents;
        this.sender = sender;
        this.told = told;
        this.catchingUp = catchingUp;
    }

    @Override
    public void handle(Connection transaction, List<Received> batch) {
        applyEvents.apply(
                new JdbcEnrolments(transaction),
                batch.stream()
                        .map(received -> new Incoming(received.event(), received.partition()))
                        .toList());
        told.keepUp(transaction);
    }

    /**
     * What this service has told is known before anything is sent, or decided, in these partitions; what time it is, before
     * anything is sent.
     */
    @Override
    public void assigned(Set<Integer> partitions) {
        told.recall(partitions);
        catchingUp.begin(partitions);
        committed();
    }

    /** Mails go from the partitions that have caught up by now. */
    void committed() {
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
