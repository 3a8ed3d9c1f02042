package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says when it cannot do what it is asked to. */
class EraseCommandTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "erase | Missing required parameter: 'ADDRESS' | 2",
                "erase vera | ADDRESS: vera (expected: an address such as ana@example.com) | 2",
                "erase vera@example.com --skip usage | --skip: usage (expected: one of usage.pings, usage.events, | 2",
                "erase vera@example.com --delete-from dead-letters | --delete-from: dead-letters (expected: one of usage.pings, | 2",
                "erase vera@example.com --outreach there | --outreach: there (expected: an address such as https://outreach.example.com) | 2",
                "erase vera@example.com --outreach http://127.0.0.1:1 | outreach-service cannot be reached at http://127.0.0.1:1: start it, or say where it is with --outreach or --port-offset. | 1",
                "erase vera@example.com --kafka nowhere.invalid:9092 | Kafka at nowhere.invalid:9092 does not answer | 1"
            })
    void whatCannotBeIsNamedWithWhatIsExpected(String command, String message, int code) {
        // Given
        var errors = new StringWriter();
        var terminal = new Terminal(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false);
        // When
        int ended = Main.commandLine(directory, directory, terminal)
                .setErr(new PrintWriter(errors, true))
                .execute(command.split(" "));
        // Then
        assertThat(errors.toString()).contains(message);
        assertThat(ended).isEqualTo(code);
    }
}
