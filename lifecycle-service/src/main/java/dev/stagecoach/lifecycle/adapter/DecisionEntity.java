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

/** A decision as it was made, for reading. */
@Entity
@Immutable
@Table(name = "decision")
class DecisionEntity extends PanacheEntityBase {
    @Id
    String id;

    @Column(nullable = false)
    String account;

    @Column(nullable = false)
    Instant at;

    @Column(nullable = false)
    String type;

    @Column(nullable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    String data;

    @Nullable String cause;

    @Column(name = "cause_topic")
    @Nullable String causeTopic;

    @Column(name = "cause_partition")
    @Nullable Integer causePartition;

    @Column(name = "cause_offset")
    @Nullable Long causeOffset;

    @Column(nullable = false)
    long seq;
}
