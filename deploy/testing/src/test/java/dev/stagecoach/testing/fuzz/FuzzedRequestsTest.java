package dev.stagecoach.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class FuzzedRequestsTest {

    private final FuzzedRequests requests = new FuzzedRequests(1, List.of("local"));

    @Test
    void aRequestIsMadeAgainByItsNumber() {
        // When
        var one = requests.get(4711);
        var again = new FuzzedRequests(1, List.of("local")).get(4711);
        var other = new FuzzedRequests(2, List.of("local")).get(4711);

        // Then
        assertThat(again).usingRecursiveComparison().isEqualTo(one);
        assertThat(other.toString()).isNotEqualTo(one.toString());
    }

    @Test
    void aFewThousandHaveEveryPathAndEveryWayToSpoil() {
        // When
        var some = LongStream.range(0, 4_000).mapToObj(requests::get).toList();

        // Then
        assertThat(some.stream().map(FuzzedRequest::path).collect(Collectors.toSet()))
                .contains(
                        "/v1/track", "/v1/batch", "/v1/import", "/v1/pings", "/updates", "/.api/updates", "/v1/events");
        assertThat(some.stream().flatMap(one -> one.how().stream()).collect(Collectors.toSet()))
                .contains(
                        "good",
                        "another value",
                        "deep nesting",
                        "repeated members",
                        "truncated",
                        "bytes left out",
                        "bad UTF-8",
                        "something in between",
                        "bytes twice",
                        "flipped bits",
                        "UTF-16LE",
                        "UTF-32",
                        "byte order mark",
                        "empty",
                        "another body",
                        "encoding gzip",
                        "encoding br",
                        "headers",
                        "no key",
                        "bad key");
        assertThat(some).filteredOn(FuzzedRequest::authorized).hasSizeBetween(3_000, 3_600);
    }

    @Test
    void someAreZipBombs() throws IOException {
        // When
        var bomb = LongStream.range(0, 50_000)
                .mapToObj(requests::get)
                .filter(one -> one.how().contains("zip bomb"))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(bomb.body().length).isLessThan(100_000);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(bomb.body()))
                        .transferTo(java.io.OutputStream.nullOutputStream()))
                .isGreaterThan(32 * 1024 * 1024);
    }
}
