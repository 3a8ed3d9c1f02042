package dev.stagecoach.lifecycle.adapter;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The score of an account at the end of a day on which it changed, for reading. */
@Entity
@Immutable
@Table(name = "health_day")
@IdClass(HealthDayEntity.Key.class)
class HealthDayEntity extends PanacheEntityBase {
    @Id
    String account;

    @Id
    LocalDate day;

    @Column(nullable = false)
    String level;

    @Nullable Double score;

    record Key(String account, LocalDate day) implements Serializable {}
}
