package dev.stagecoach.alerts.adapter;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** An alert, to be read. Batches write the table by themselves. */
@Entity
@Immutable
@Table(name = "alert")
class AlertRow extends PanacheEntityBase {
    @Id
    String id;

    @Column
    String account;

    @Column
    String kind;

    @Column
    Instant at;

    @Column
    String title;

    @Column
    String facts;

    @Column
    String topic;

    @Column
    String channel;

    @Column
    List<String> audience;

    @Column(name = "caused_by")
    String causedBy;

    @Column
    String state;

    @Column(name = "snoozed_until")
    Instant snoozedUntil;

    @Column
    String assignee;

    @Column(name = "recorded_at")
    Instant recordedAt;

    StoredAlert toAlert() {
        return new StoredAlert(
                id,
                account,
                kind,
                at,
                title,
                JdbcDeliveries.facts(facts),
                topic,
                channel,
                audience,
                causedBy,
                state,
                snoozedUntil,
                assignee);
    }
}
