package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    @ParameterizedTest
    @ValueSource(strings = {"22001", "22021", "23505", "23502", "54000"})
    void whatTheDatabaseRefusesForItsDataIsTheRecords(String sqlState) {
        assertThat(Fault.of(new SQLException("refused", sqlState))).isEqualTo(Fault.OF_A_RECORD);
        assertThat(Fault.of(new IllegalStateException(new BatchUpdateException("refused", sqlState, new int[0]))))
                .isEqualTo(Fault.OF_A_RECORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "53100", "53200", "53300", "57P01", "57P03", "57014", "40001", "40P01", "55P03", "25P03",
                "58030", "XX001", "42P01", "", "?"
            })
    void whatMayPassByItselfIsNot(String sqlState) {
        assertThat(Fault.of(new SQLException("away", sqlState))).isEqualTo(Fault.OF_THE_SURROUNDINGS);
        assertThat(Fault.of(new IllegalStateException(new SQLException("away", sqlState))))
                .isEqualTo(Fault.OF_THE_SURROUNDINGS);
    }

    @Test
    void whatNobodyCanNameIsNot() {
        assertThat(Fault.of(new SQLException("no connection within 5 s"))).isEqualTo(Fault.OF_THE_SURROUNDINGS);
        assertThat(Fault.of(new TimeoutException("Kafka"))).isEqualTo(Fault.OF_THE_SURROUNDINGS);
        assertThat(Fault.of(new UncheckedIOException(new IOException("broken pipe"))))
                .isEqualTo(Fault.OF_THE_SURROUNDINGS);
    }

    @Test
    void whatTheHandlerItselfThrowsIsTheRecords() {
        assertThat(Fault.of(new IllegalStateException("no such month"))).isEqualTo(Fault.OF_A_RECORD);
        assertThat(Fault.of(new ArithmeticException("long overflow"))).isEqualTo(Fault.OF_A_RECORD);
    }
}
