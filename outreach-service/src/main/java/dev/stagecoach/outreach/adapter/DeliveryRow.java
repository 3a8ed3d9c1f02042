package dev.stagecoach.outreach.adapter;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of the ledger, to be read. Batches and senders write the table by themselves. */
@Entity
@Immutable
@Table(name = "delivery")
class DeliveryRow extends PanacheEntityBase {
    @Id
    String id;

    @Column
    String account;

    @Column
    String campaign;

    @Column
    String occurrence;

    @Column
    String step;

    @Column
    String contact;

    @Column
    String state;

    @Column(name = "wanted_at")
    Instant wantedAt;

    @Column(name = "due_at")
    Instant dueAt;

    @Column(name = "decided_at")
    Instant decidedAt;

    @Column
    String reason;

    @Column(name = "message_id")
    String messageId;

    @Column
    int attempts;

    @Column
    boolean held;

    @Column(name = "waits_because")
    String waitsBecause;
}
