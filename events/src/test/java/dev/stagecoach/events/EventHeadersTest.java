package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventHeadersTest {
    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void areReadAsTheyWereWritten() {
        // Given
        EventHeaders.REJECTED_REASON.write(headers, "größer als 32 KB");
        // When, Then
        assertThat(EventHeaders.REJECTED_REASON.read(headers)).contains("größer als 32 KB");
    }

    @Test
    void areEmptyWhenAbsentOrWithoutAValue() {
        headers.add("ce_id", null);
        assertThat(EventHeaders.ID.read(headers)).isEmpty();
        assertThat(EventHeaders.TYPE.read(headers)).isEmpty();
    }

    @Test
    void countOnceTheLastOne() {
        EventHeaders.ID.write(headers, "first");
        EventHeaders.ID.write(headers, "last");
        assertThat(EventHeaders.ID.read(headers)).contains("last");
    }
}
