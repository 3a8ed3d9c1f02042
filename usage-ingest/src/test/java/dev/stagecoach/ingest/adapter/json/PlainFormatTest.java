package dev.stagecoach.ingest.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.ingest.PingBody;
import dev.stagecoach.ingest.ping.Ping;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainFormatTest {
    private static final Instant RECEIVED = Instant.parse("2025-03-12T16:30:10Z");

    @Test
    void readsEverythingThatAPingMaySay() {
        // When
        PingBody body = read("""
                {"instance":"eu-1","product":"cody","version":"2.4","at":"2025-03-12T16:30:00Z","writeKey":"k","account":"harbor","production":false,
                 "activeUsers":{"day":41,"month":88},"features":{"batch-changes":3,"cody":0}}""");
        // Then
        assertThat(body.key()).isEqualTo("k");
        assertThat(body.ping())
                .isEqualTo(new Ping(
                        "eu-1",
                        "cody",
                        "2.4",
                        "harbor",
                        false,
                        Instant.parse("2025-03-12T16:30:00Z"),
                        null,
                        ActiveUsers.of(41, 88),
                        Map.of("batch-changes", 3L, "cody", 0L)));
    }

    @Test
    void needsNoMoreThanInstanceAndVersion() {
        // When
        Ping ping = read("{\"instance\":\"eu-1\",\"version\":\"2.4\"}").ping();
        // Then
        assertThat(ping)
                .isEqualTo(new Ping("eu-1", null, "2.4", null, null, null, null, ActiveUsers.UNKNOWN, Map.of()));
    }

    @Test
    void takesTheMostUsersAndTheLastDayThatAreNoMistake() {
        // When
        Ping ping = read("{\"instance\":\"a\",\"version\":\"1\",\"activeUsers\":"
                        + "{\"month\":1000000000,\"dayStart\":\"2025-03-13\",\"monthStart\":\"2000-01-01\"}}")
                .ping();
        // Then
        assertThat(ping.activeUsers())
                .isEqualTo(new ActiveUsers(
                        null, null, 1_000_000_000, null, LocalDate.of(2025, 3, 13), LocalDate.of(2000, 1, 1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "groupId":"harbor"                             | harbor
                    "context":{"groupId":"harbor"}                 | harbor
                    "account":"harbor","context":{"groupId":"x"}   | harbor
                    """)
    void findsTheAccountWhereTrackingSdksPutIt(String members, String account) {
        // When
        Ping ping =
                read("{\"instance\":\"a\",\"version\":\"1\"," + members + "}").ping();
        // Then
        assertThat(ping.account()).isEqualTo(account);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "instance":""                    | instance: missing (expected: the id of the instance)
                    "instance":{}                    | instance: missing (expected: the id of the instance)
                    "version":null                   | version: missing (expected: the version of the product)
                    "at":"yesterday"                 | at: "yesterday" (expected: an ISO 8601 time such as 2026-02-03T10:15:30Z)
                    "at":"1970-01-01T00:00:00Z"      | at: "1970-01-01T00:00:00Z" (expected: 2000-01-01T00:00:00Z or later)
                    "production":"yes"               | production: "yes" (expected: true or false)
                    "activeUsers":41                 | activeUsers: 41 (expected: a JSON object)
                    "activeUsers":{"day":-1}         | activeUsers.day: -1 (expected: a whole number from 0 to 1000000000, or nothing when unknown)
                    "activeUsers":{"month":"88"}     | activeUsers.month: "88" (expected: a whole number from 0 to 1000000000, or nothing when unknown)
                    "activeUsers":{"week":1000000001} | activeUsers.week: 1000000001 (expected: a whole number from 0 to 1000000000, or nothing when unknown)
                    "activeUsers":{"month":9999999999} | activeUsers.month: 9999999999 (expected: a whole number from 0 to 1000000000, or nothing when unknown)
                    "activeUsers":{"dayStart":"1999-12-31"} | activeUsers.dayStart: "1999-12-31" (expected: a day from 2000-01-01 to 2025-03-13)
                    "activeUsers":{"dayStart":"2025-03-14"} | activeUsers.dayStart: "2025-03-14" (expected: a day from 2000-01-01 to 2025-03-13)
                    "activeUsers":{"monthStart":"+999999999-12-01"} | activeUsers.monthStart: "+999999999-12-01" (expected: a day from 2000-01-01 to 2025-03-13)
                    "activeUsers":{"dayStart":"3/1"} | activeUsers.dayStart: "3/1" (expected: a date such as 2026-02-03)
                    "features":["cody"]              | features: ["cody"] (expected: a JSON object)
                    "features":{"cody":1.5}          | features.cody: 1.5 (expected: a whole number >= 0)
                    "features":{" ":1}               | features: missing (expected: the name of a feature)
                    """)
    void saysWhatIsWrong(String member, String flaw) {
        // When
        PingBody body = read("{\"instance\":\"a\",\"version\":\"1\"," + member + "}");
        // Then
        assertThat(body.flaw()).isEqualTo(flaw);
    }

    private static PingBody read(String json) {
        return PingReader.PLAIN.read(json.getBytes(StandardCharsets.UTF_8), RECEIVED);
    }
}
