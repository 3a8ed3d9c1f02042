package dev.stagecoach.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says when it cannot do what it is asked to. Nothing is started here. */
class BenchOptionsTest {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "2 | lifecycle --events 0 | --events: 0 (expected: 1 or more)",
                "2 | lifecycle --accounts 50 --users 20 | --users: 20 (expected: 50 or more)",
                "2 | lifecycle --heap much | --heap: much (expected: a size such as 512m)",
                "2 | lifecycle --json / | --json: / is a directory (expected: a file)",
                "2 | ticks --accounts 10 --fewer 20 --due 2 | --accounts: 10 (expected: 20 or more)",
                "2 | ticks --fewer 10 --due 6 | --fewer: 10 (expected: 12 or more)",
                "2 | latency --rate none | 'none' is not an int",
                "2 | console --accounts 5 | --accounts: 5 (expected: 100 or more)",
                "2 | ingest --seconds 0 | --seconds: 0 (expected: 1 or more)",
                "2 | ingest --events-per-request 1,0 | --events-per-request: 0 (expected: 1 or more)",
                "2 | ingest --connections 0 | --connections: 0 (expected: 1 or more)",
                "2 | fuzz --bodies 3 | --bodies: 3 (expected: 4 or more)",
                "2 | start --runs 0 | --runs: 0 (expected: 1 or more)",
                "2 | lifecycles | Unmatched argument at index 0: 'lifecycles'",
                "1 | lifecycle | The service lifecycle-service is not built",
                "1 | ingest | The service usage-ingest is not built",
                "1 | start | The service usage-ingest is not built",
                "1 | fuzz | The service usage-ingest is not built",
                "1 | latency | The service usage-ingest is not built"
            })
    void aBadOptionIsNamedWithWhatIsExpected(int code, String arguments, String message) {
        // Given
        var errors = new StringWriter();

        // When
        int answer = Main.commandLine(new Place(temporary, temporary.resolve("bench")))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.split(" "));

        // Then
        assertThat(errors.toString()).contains(message);
        assertThat(answer).isEqualTo(code);
        assertThat(temporary).isEmptyDirectory();
    }
}
