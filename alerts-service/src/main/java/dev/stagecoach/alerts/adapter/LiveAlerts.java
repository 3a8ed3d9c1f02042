package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.JpaAlertLog.Resumption;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.UnreadableEventException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts as they come. Each replica reads the alert topics in a group of its own, so that whoever is connected to whichever
 * replica sees all of them.
 */
@ApplicationScoped
class LiveAlerts {
    private static final Logger LOG = LoggerFactory.getLogger(LiveAlerts.class);
    /** A reader that is behind by more is cut off, comes back, and is served from the table. */
    private static final int MOST_BEHIND = 1_000;

    private static final int PAGE = 200;

    private final JpaAlertLog log;
    private final BroadcastProcessor<StoredAlert> live = BroadcastProcessor.create();

    LiveAlerts(JpaAlertLog log) {
        this.log = log;
    }

    @Incoming("alert-feed")
    @Blocking
    public void receive(ConsumerRecord<String, byte[]> received) {
        try {
            EventCodec.read(received).ifPresent(event -> {
                if (event.data() instanceof AlertRaised alert) {
                    live.onNext(StoredAlert.of(event, alert));
                }
            });
        } catch (UnreadableEventException e) {
            LOG.warn(
                    "{}-{}@{} is no alert: {}",
                    received.topic(),
                    received.partition(),
                    received.offset(),
                    e.getMessage());
        }
    }

    /**
     * What was recorded after the given alert, then what comes. Some alerts may come twice around the place of resumption:
     * their ids tell.
     *
     * @param lastSeen the id of the last alert that the reader has; without one, or with an unknown one, only what comes
     */
    Multi<StoredAlert> after(Optional<String> lastSeen, AlertFilter filter) {
        return Multi.createFrom()
                .deferred(() -> {
                    // Listening starts before the table is read, so that nothing falls in between.
                    UnicastProcessor<StoredAlert> coming =
                            UnicastProcessor.create(new ArrayBlockingQueue<>(MOST_BEHIND), () -> {});
                    Cancellable listening = live.subscribe().with(coming::onNext, coming::onError);
                    return Multi.createBy()
                            .concatenating()
                            .streams(
                                    lastSeen.map(this::missed)
                                            .orElseGet(() -> Multi.createFrom().empty()),
                                    coming)
                            .onTermination()
                            .invoke(listening::cancel);
                })
                .filter(filter::accepts);
    }

    private Multi<StoredAlert> missed(String lastSeen) {
        return Multi.createFrom()
                .deferred(() -> log.resumptionAfter(lastSeen)
                        .map(this::recordedAfter)
                        .orElse(Multi.createFrom().empty()))
                .filter(alert -> !alert.id().equals(lastSeen))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Multi<StoredAlert> recordedAfter(Resumption start) {
        Pages pages = new Pages(log, start);
        return Multi.createBy()
                .repeating()
                .supplier(pages::next)
                .whilst(page -> page.size() == PAGE)
                .onItem()
                .transformToIterable(page -> page)
                .onItem()
                .transform(AlertRow::toAlert);
    }

    /** Reads the table from a place on, page by page. */
    private static final class Pages {
        private final JpaAlertLog log;
        private Resumption place;

        Pages(JpaAlertLog log, Resumption place) {
            this.log = log;
            this.place = place;
        }

        List<AlertRow> next() {
            List<AlertRow> page = log.recordedAfter(place, PAGE);
            if (!page.isEmpty()) {
                AlertRow last = page.get(page.size() - 1);
                place = new Resumption(last.recordedAt, last.id);
            }
            return page;
        }
    }
}
