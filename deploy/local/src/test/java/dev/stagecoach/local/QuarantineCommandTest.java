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
class QuarantineCommandTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "quarantine | quarantine: what to do is missing (expected: list or replay) | 2",
                "quarantine list --port-offset -1 | --port-offset: -1 (expected: 0 to 56000) | 2",
                "quarantine list --since yesterday | Invalid value for option '--since' | 2",
                "quarantine replay --ingest usage.example.com | --ingest: usage.example.com (expected: an address such as https://usage.example.com) | 2",
                "quarantine list --kafka-settings /nowhere/kafka.properties | The settings /nowhere/kafka.properties cannot be read | 1",
                "quarantine list --kafka nowhere.invalid:9092 | Kafka at nowhere.invalid:9092 does not answer | 1"
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
