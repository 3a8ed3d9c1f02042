package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.sample.Portfolio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says when it cannot do what it is asked to, before any service is started. */
class UpTest {

    @TempDir
    private Path temporary;

    private Path home;
    private Path directory;
    private final StringWriter errors = new StringWriter();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void aBuiltCheckout() throws IOException {
        home = temporary.resolve("checkout");
        directory = home.resolve(".stagecoach");
        for (var service : Service.values()) {
            Files.createDirectories(service.jar(home).getParent());
            Files.createFile(service.jar(home));
        }
    }

    private int stagecoach(String... arguments) {
        var terminal = new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8), false);
        return Main.commandLine(home, directory, terminal)
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--port-offset -1 | --port-offset: -1 (expected: 0 to 56000)",
                "--port-offset 60000 | --port-offset: 60000 (expected: 0 to 56000)",
                "--port-offset 2000 | --port-offset: 2000 would put alerts-service on port 10080, which no browser opens",
                "--port-offset many | 'many' is not an int",
                "--accounts 0 | --accounts: 0 (expected: 1 or more)",
                "--speed 0 | --speed: 0.0 (expected: more than 0)",
                "--speed fast | 'fast' is not a double",
                "--json / | --json: / is a directory (expected: a file)",
                "--json x.json --no-sample | --json: there is no summary with --no-sample",
                "--sample | Unknown option: '--sample'"
            })
    void aBadOptionIsNamedWithWhatIsExpected(String options, String message) {
        // When
        int code = stagecoach(("up " + options).split(" "));

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
        assertThat(directory).doesNotExist();
    }

    @Test
    void keptDataWithAnotherNumberOfAccountsIsNamedBeforeAnythingStarts() {
        // Given
        var data = directory.resolve("data");
        assertThat(data.toFile().mkdirs()).isTrue();
        new KeptSample(18, Portfolio.LAST_DAY).writeTo(data);

        // When
        int code = stagecoach("up", "--keep", "--accounts", "50");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString()).contains("18 accounts", "--accounts 18");
        assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("Starting");
    }

    @ParameterizedTest
    @CsvSource({"9092, Kafka", "2525, SMTP", "8083, outreach-service"})
    void aPortInUseIsNamedWithWhatWantedItAndWhatHelps(int port, String wantedBy) throws IOException {
        // Given
        int offset = OwnPorts.ofAStack().kafka() - 9092;
        try (var taken = new ServerSocket(port + offset, 1, InetAddress.getLoopbackAddress())) {
            // When
            int code = stagecoach("up", "--once", "--port-offset", Integer.toString(offset));

            // Then
            assertThat(code).isEqualTo(1);
            assertThat(errors.toString().lines())
                    .containsExactly("stagecoach: Port " + taken.getLocalPort() + ", wanted for " + wantedBy
                            + ", is in use by another program. Stop that, or move all ports with --port-offset N.");
        }
    }

    @Test
    void whatAKilledStackLeftRunningIsEndedAndInNobodysWay() throws Exception {
        // Given
        int offset = OwnPorts.ofAStack().kafka() - 9092;
        var service = LeftBehind.service(8082 + offset);
        ProcessHandle postgres;
        try (var state = StateDirectory.open(directory)) {
            state.processes().add(service.toHandle(), "lifecycle-service");
            postgres = LeftBehind.postgres(state.data(false), 5433 + offset);
        }
        // The only one that is not left over: without it, all would start.
        try (var taken = new ServerSocket(9092 + offset, 1, InetAddress.getLoopbackAddress())) {
            // When
            int code = stagecoach("up", "--once", "--port-offset", Integer.toString(offset));

            // Then
            assertThat(code).isEqualTo(1);
            assertThat(errors.toString()).contains("Port " + taken.getLocalPort() + ", wanted for Kafka");
            assertThat(service.isAlive()).isFalse();
            assertThat(postgres.isAlive()).isFalse();
        } finally {
            service.destroyForcibly();
            postgres.destroyForcibly();
        }
    }

    @Test
    void aSecondStartInTheSameDirectoryIsRefused() {
        // Given
        try (var running = StateDirectory.open(directory)) {
            // When
            int code = stagecoach("up");

            // Then
            assertThat(code).isEqualTo(1);
            assertThat(errors.toString().lines())
                    .containsExactly("stagecoach: Stagecoach is running already in " + running
                            + ": stop it with Ctrl-C first, or start this one from another checkout.");
        }
    }

    @Test
    void aServiceThatIsNotBuiltIsNamed() throws IOException {
        // Given
        Files.delete(Service.OUTREACH.jar(home));

        // When
        int code = stagecoach("up");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString()).contains("The service outreach-service is not built");
    }

    @Test
    void withoutACommandItShowsWhatThereIs() {
        // When
        int code = stagecoach("--help");

        // Then
        assertThat(code).isZero();
    }

    @Test
    void theSummaryIsReadableJson() throws IOException {
        // Given
        var summary = Fixtures.aSummary();
        var file = temporary.resolve("summary.json");

        // When
        summary.write(file);

        // Then
        var account = new ObjectMapper().readTree(file.toFile()).at("/accounts/0");
        assertThat(account.path("account").asText()).isEqualTo("acme");
        assertThat(account.path("stage").asText()).isEqualTo("Onboarding");
        assertThat(account.at("/stages/0/date").asText()).isEqualTo("2025-01-15");
        assertThat(account.at("/stages/0/from").isNull()).isTrue();
        assertThat(account.at("/mails/0/campaign").asText()).isEqualTo("admin-onboarding");
        assertThat(account.at("/alerts/0/facts/to").asText()).isEqualTo("Onboarding");
    }
}
