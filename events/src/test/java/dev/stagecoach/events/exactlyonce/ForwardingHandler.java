package dev.stagecoach.events.exactlyonce;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Gives a test a say before and after another handler. */
class ForwardingHandler implements BatchHandler<Received> {
    private final BatchHandler<Received> handler;

    ForwardingHandler(BatchHandler<Received> handler) {
        this.handler = handler;
    }

    void beforeHandling(List<Received> batch) {}

    void afterHandling() {}

    @Override
    public void handle(Connection transaction, List<Received> batch) throws SQLException {
        beforeHandling(batch);
        handler.handle(transaction, batch);
        afterHandling();
    }

    @Override
    public void assigned(Set<Integer> partitions) {
        handler.assigned(partitions);
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        handler.revoked(partitions);
    }
}
