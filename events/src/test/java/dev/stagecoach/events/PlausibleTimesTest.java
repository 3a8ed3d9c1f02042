package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A time that no clock can mean is no event of the contract: whoever reads it passes it over at once. */
class PlausibleTimesTest {
    private static final Instant RECEIVED = Instant.parse("2025-03-04T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"2000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"})
    void aTickIsOfAnyTimeThatHasRoomInACalendar(Instant at) {
        assertThat(new TimeTick(at).at()).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-12-31T23:59:59.999Z", "+10000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z"})
    void aTickIsOfNoOther(Instant at) {
        assertThatThrownBy(() -> new TimeTick(at))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at: " + at + " (expected: in the years 2000 to 9999)");
    }

    @Test
    void aPingMayBeFromAClockThatIsADayFast() {
        // Given
        Instant aDayLater = Instant.parse("2025-03-05T12:00:00Z");
        LocalDate tomorrow = LocalDate.parse("2025-03-05");
        // When
        UsagePing ping = ping(aDayLater, tomorrow, tomorrow);
        // Then
        assertThat(ping.at()).isEqualTo(aDayLater);
        assertThat(ping.activeUsers().dayStart()).isEqualTo(tomorrow);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2025-03-05T12:00:00.001Z, -, -, 'at: 2025-03-05T12:00:00.001Z (expected: at most a day after the receipt, 2025-03-04T12:00:00Z)'",
                "1999-12-31T00:00:00Z, -, -, 'at: 1999-12-31T00:00:00Z (expected: in the years 2000 to 9999)'",
                "2025-03-04T12:00:00Z, 2025-03-06, -, 'activeUsers.dayStart: 2025-03-06T00:00:00Z (expected: at most a day after the receipt, 2025-03-04T12:00:00Z)'",
                "2025-03-04T12:00:00Z, 1999-12-31, -, 'activeUsers.dayStart: 1999-12-31 (expected: in the years 2000 to 9999)'",
                "2025-03-04T12:00:00Z, -, +999999999-12-31, 'activeUsers.monthStart: +999999999-12-31 (expected: in the years 2000 to 9999)'",
                "2025-03-04T12:00:00Z, -, 2025-04-01, 'activeUsers.monthStart: 2025-04-01T00:00:00Z (expected: at most a day after the receipt, 2025-03-04T12:00:00Z)'",
            })
    void aPingIsOfNoOtherTime(
            Instant at, @Nullable LocalDate dayStart, @Nullable LocalDate monthStart, String expected) {
        assertThatThrownBy(() -> ping(at, dayStart, monthStart))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(expected);
    }

    private static UsagePing ping(Instant at, @Nullable LocalDate dayStart, @Nullable LocalDate monthStart) {
        ActiveUsers users = new ActiveUsers(1, null, 2, null, dayStart, monthStart);
        return new UsagePing("acme", "eu-1", true, "1.0", at, RECEIVED, users, Map.of(), null);
    }
}
