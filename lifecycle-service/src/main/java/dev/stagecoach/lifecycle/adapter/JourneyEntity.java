package dev.stagecoach.lifecycle.adapter;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Where an account stands, for reading: only the owner of its partition writes. */
@Entity
@Immutable
@Table(name = "journey")
class JourneyEntity extends PanacheEntityBase {
    @Id
    String account;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable String facts;

    @Nullable String stage;

    @Nullable String health;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable String state;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable String summary;

    @Column(name = "next_due")
    @Nullable Instant nextDue;
}
