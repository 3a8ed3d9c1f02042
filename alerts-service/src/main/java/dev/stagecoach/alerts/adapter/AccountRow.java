package dev.stagecoach.alerts.adapter;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An account, to be read. Batches write the table by themselves. */
@Entity
@Immutable
@Table(name = "account")
class AccountRow extends PanacheEntityBase {
    @Id
    String id;

    @Column
    @Nullable String name;

    @Column(name = "unlimited_seats")
    boolean unlimitedSeats;

    @Column(name = "renews_on")
    @Nullable LocalDate renewsOn;

    @Column
    @Nullable String stage;

    @Column(name = "stage_since")
    @Nullable Instant stageSince;

    @Column(name = "usage_as_of")
    @Nullable Instant usageAsOf;

    @Column
    @Nullable Integer mau;

    @Column
    @Nullable Integer seats;

    @Column
    @Nullable Double utilization;

    @Column(name = "usage")
    @Nullable Double usage;

    String displayName() {
        return name == null ? id : name;
    }
}
