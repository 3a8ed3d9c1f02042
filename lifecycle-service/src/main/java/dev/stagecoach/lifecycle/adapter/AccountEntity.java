package dev.stagecoach.lifecycle.adapter;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

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
}
