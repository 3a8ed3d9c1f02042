package dev.stagecoach.alerts.adapter;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What became of a chat message, to be read. */
@Entity
@Immutable
@Table(name = "delivery")
class DeliveryRow extends PanacheEntityBase {
    @Id
    Long seq;

    @Column
    String alert;

    @Column
    String channel;

    @Column
    String state;

    @Column
    int attempts;

    @Column(name = "last_error")
    @Nullable String lastError;

    @Column(name = "changed_at")
    Instant changedAt;
}
