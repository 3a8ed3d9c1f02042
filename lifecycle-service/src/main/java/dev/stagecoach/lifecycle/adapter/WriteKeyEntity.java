package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.WriteKeyFacts;
import dev.stagecoach.lifecycle.key.WriteKey;
import dev.stagecoach.lifecycle.key.WriteKeyChange;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A write key, without its secret. */
@Entity
@Table(name = "write_key")
class WriteKeyEntity extends PanacheEntityBase {
    @Id
    String id;

    @Column(nullable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    String facts;

    @Column(nullable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    String changes;

    /** Counts the changes. */
    @Column(nullable = false)
    long revision;

    WriteKey key() {
        try {
            return new WriteKey(
                    EventCodec.json().readValue(facts, WriteKeyFacts.class),
                    EventCodec.json().readValue(changes, new TypeReference<List<WriteKeyChange>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored write key " + id + " cannot be read", e);
        }
    }

    void write(WriteKey key) {
        try {
            facts = EventCodec.json().writeValueAsString(key.facts());
            changes = EventCodec.json().writeValueAsString(key.changes());
            revision++;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the write key " + id + " cannot be written", e);
        }
    }
}
