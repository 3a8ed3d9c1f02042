package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.RaiseAlerts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.exactlyonce.BatchHandler;
import dev.stagecoach.events.exactlyonce.Received;
import java.sql.Connection;
import java.util.List;
import java.util.Set;

/** What alerts-service reads, and what it does with it. */
record KafkaInputs(RaiseAlerts raiseAlerts, Set<String> chatChannels) implements BatchHandler<Received> {
    static final String GROUP = "alerts-service";
    static final List<String> TOPICS = List.of(
            Topics.ACCOUNTS,
            Topics.LIFECYCLE_STAGES,
            Topics.LIFECYCLE_MILESTONES,
            Topics.LIFECYCLE_USAGE,
            Topics.LIFECYCLE_HEALTH,
            Topics.OUTREACH_MESSAGES,
            Topics.OUTREACH_RESPONSES,
            Topics.TIME_TICKS);

    @Override
    public void handle(Connection transaction, List<Received> batch) {
        List<? extends Event<?>> events = batch.stream().map(Received::event).toList();
        raiseAlerts.from(
                events,
                new JdbcAccounts(transaction),
                new JdbcAlerts(transaction, chatChannels),
                new JdbcTime(transaction));
    }
}
