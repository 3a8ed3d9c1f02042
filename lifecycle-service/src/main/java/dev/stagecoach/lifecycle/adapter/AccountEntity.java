package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.account.RecordedTerm;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An account as it was told over the API. */
@Entity
@Table(name = "account")
class AccountEntity extends PanacheEntityBase {
    @Id
    String id;

    @Column(nullable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    String facts;

    /** Counts the changes; 0 before the first. */
    @Column(nullable = false)
    long revision;

    @Column(name = "contacts_revision", nullable = false)
    long contactsRevision;

    @Column(name = "recorded_renews_on")
    @Nullable LocalDate recordedRenewsOn;

    @Column(name = "recorded_seats")
    @Nullable Integer recordedSeats;

    @Column(name = "recorded_extended_until")
    @Nullable LocalDate recordedExtendedUntil;

    RecordedTerm recordedTerm() {
        return new RecordedTerm(recordedRenewsOn, recordedSeats, recordedExtendedUntil);
    }

    void record(RecordedTerm term) {
        recordedRenewsOn = term.renewsOn();
        recordedSeats = term.seats();
        recordedExtendedUntil = term.extendedUntil();
    }
}
