package dev.stagecoach.lifecycle.adapter;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What a person did to the facts of an account; {@code id} is that of the facts event by which it was told. */
@Entity
@Table(name = "account_act")
class AccountActEntity extends PanacheEntityBase {
    @Id
    String id;

    @Column(nullable = false)
    String account;

    @Column(nullable = false)
    String act;

    @Column(nullable = false)
    String author;

    @Nullable String note;

    /** The time of the last tick. */
    @Column(nullable = false)
    Instant at;

    @Column(nullable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    String body;

    @Generated
    @Column(insertable = false, updatable = false)
    long seq;
}
