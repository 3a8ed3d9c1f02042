package dev.stagecoach.alerts.adapter;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the alerts that were raised. */
@ApplicationScoped
class JpaAlertLog implements PanacheRepositoryBase<AlertRow, String> {
    /**
     * Batches commit in another order than they record: what one recorded up to this long before may become visible later. A
     * resumed stream reaches back so far, and its reader knows repeated alerts by their ids.
     */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    /** Newest first. */
    @Transactional
    public List<StoredAlert> newest(AlertFilter filter, Optional<Cursor> after, int limit) {
        List<String> conditions = new ArrayList<>(List.of("true = true"));
        Map<String, Object> parameters = new HashMap<>();
        filter.account().ifPresent(account -> {
            conditions.add("account = :account");
            parameters.put("account", account);
        });
        filter.kind().ifPresent(kind -> {
            conditions.add("kind = :kind");
            parameters.put("kind", kind.wireName());
        });
        filter.state().ifPresent(state -> {
            conditions.add("state = :state");
            parameters.put("state", state.wireName());
        });
        filter.assignee().ifPresent(assignee -> {
            conditions.add("assignee = :assignee");
            parameters.put("assignee", assignee);
        });
        after.ifPresent(cursor -> {
            conditions.add("(at < :at or (at = :at and id < :id))");
            parameters.put("at", cursor.at());
            parameters.put("id", cursor.id());
        });
        String query = String.join(" and ", conditions) + " order by at desc, id desc";
        return find(query, parameters).page(Page.ofSize(limit)).stream()
                .map(AlertRow::toAlert)
                .toList();
    }

    /** An alert as it is now. */
    @Transactional
    public Optional<StoredAlert> alert(String id) {
        return findByIdOptional(id).map(AlertRow::toAlert);
    }

    /** Where a stream goes on that last showed this alert; empty when there is no such alert. */
    @Transactional
    public Optional<Resumption> resumptionAfter(String id) {
        return findByIdOptional(id).map(row -> new Resumption(row.recordedAt.minus(OVERLAP), ""));
    }

    /** In the order of recording. */
    @Transactional
    public List<AlertRow> recordedAfter(Resumption place, int limit) {
        return find(
                        "recordedAt > :at or (recordedAt = :at and id > :id) order by recordedAt, id",
                        Map.of("at", place.recordedAt(), "id", place.id()))
                .page(Page.ofSize(limit))
                .list();
    }

    /** A place in the order of recording. */
    record Resumption(Instant recordedAt, String id) {}
}
