package dev.stagecoach.ingest.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.ingest.PingBody;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.ping.Ping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pings that instances send by themselves. */
class UpdateCheckFormatTest {
    private static final Instant RECEIVED = Instant.parse("2025-03-12T16:30:10Z");
    private static final LocalDate MARCH = LocalDate.of(2025, 3, 1);

    @Test
    void readsTheCountsOfTheNewestPeriods() {
        // When
        Ping ping = ping("full");
        // Then
        assertThat(ping.instance()).isEqualTo("0f6f3b1c-6a1e-4c0a-9f0e-2d9a1a4b7c11");
        assertThat(ping.version()).isEqualTo("5.3.9104");
        assertThat(ping.activeUsers()).isEqualTo(new ActiveUsers(41, 70, 88, 103, LocalDate.of(2025, 3, 12), MARCH));
    }

    @Test
    void countsAFeatureByTheLargestNumberThatMeasuresItsUse() {
        // When
        Ping ping = ping("full");
        // Then
        assertThat(ping.features())
                .isEqualTo(Map.of(
                        "batch-changes", 12L,
                        "code-monitoring", 5L,
                        "code-search", 512L,
                        "code-navigation", 1L,
                        "cody", 240L));
    }

    @Test
    void knowsOnlyTheMonthOfAnInstanceWithCriticalTelemetry() {
        // When
        Ping ping = ping("critical-only");
        // Then
        assertThat(ping.activeUsers()).isEqualTo(new ActiveUsers(null, null, 61, null, null, MARCH));
        assertThat(ping.features()).isEmpty();
    }

    @Test
    void readsActivityWrittenAsText() {
        // When
        Ping ping = ping("act-as-text");
        // Then
        assertThat(ping.activeUsers()).isEqualTo(new ActiveUsers(4, null, 19, null, LocalDate.of(2025, 3, 12), MARCH));
    }

    @Test
    void takesTheUsersOfTodayWhenActivityHasNone() {
        // When
        Ping ping = ping("no-activity");
        // Then
        assertThat(ping.activeUsers()).isEqualTo(ActiveUsers.of(6, null));
    }

    @Test
    void takesAVersionThatIsNone() {
        assertThat(ping("no-activity").version()).isEqualTo("0.0.0+dev");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"version":"5.3.0","LicenseKey":"k"}            | site: missing (expected: the id of the instance)
                    {"site":"","version":"5.3.0","LicenseKey":"k"}  | site: missing (expected: the id of the instance)
                    {"site":"a","LicenseKey":"k"}                   | version: missing (expected: the version of the instance)
                    {"site":"a","version":null,"LicenseKey":"k"}    | version: missing (expected: the version of the instance)
                    """)
    void saysWhichRequiredMemberIsMissing(String json, String flaw) {
        // When
        PingBody body = read(json);
        // Then
        assertThat(body.ping()).isNull();
        assertThat(body.flaw()).isEqualTo(flaw);
        assertThat(body.key()).isEqualTo("k");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"DAUs\":[{\"StartTime\":\"soon\",\"UserCount\":4}]}",
                "{\"DAUs\":[{\"StartTime\":\"2025-03-12T00:00:00Z\",\"UserCount\":-4}]}",
                "{\"DAUs\":[{\"StartTime\":\"2025-03-12T00:00:00Z\",\"UserCount\":\"4\"}]}",
                "{\"DAUs\":[{\"StartTime\":\"2025-03-12T00:00:00Z\",\"UserCount\":1000000001}]}",
                "{\"DAUs\":[{\"StartTime\":\"2025-03-14T00:00:00Z\",\"UserCount\":4}]}",
                "{\"MAUs\":[{\"StartTime\":\"1999-12-01T00:00:00Z\",\"UserCount\":4}]}",
                "{\"DAUs\":[null, 4, []]}",
                "{\"DAUs\":{}}",
                "[]",
                "4",
                "null"
            })
    void takesCountsThatAreNoneAsUnknown(String activity) {
        // When
        PingBody body = read("{\"site\":\"a\",\"version\":\"5\",\"u\":-1,\"act\":" + activity + "}");
        // Then
        assertThat(body.ping()).extracting(Ping::activeUsers).isEqualTo(ActiveUsers.UNKNOWN);
    }

    @Test
    void knowsTheDayThatZeroUsersWereCounted() {
        // When
        PingBody body = read(
                "{\"site\":\"a\",\"version\":\"5\",\"act\":{\"DAUs\":[{\"StartTime\":\"2025-03-09T00:00:00Z\",\"UserCount\":0}]}}");
        // Then
        assertThat(body.ping())
                .extracting(Ping::activeUsers)
                .isEqualTo(new ActiveUsers(0, null, null, null, LocalDate.of(2025, 3, 9), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "{\"site\":\"a\"} {", "{'site':1}", "null"})
    void refusesWhatIsNoJsonObject(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNREADABLE));
    }

    private static Ping ping(String name) {
        return read(resource(name)).ping();
    }

    private static PingBody read(String json) {
        return PingReader.UPDATE_CHECK.read(json.getBytes(StandardCharsets.UTF_8), RECEIVED);
    }

    private static String resource(String name) {
        try (InputStream in = UpdateCheckFormatTest.class.getResourceAsStream("/pings/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
