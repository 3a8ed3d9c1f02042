package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartTest {

    @TempDir
    private Path parent;

    @ParameterizedTest
    @CsvSource({"0, Kafka", "1, PostgreSQL", "2, SMTP", "3, IMAP"})
    void aPortInUseIsNamedTogetherWithWhatWantedIt(int place, String wantedBy) throws Exception {
        // Given
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();
            int[] ports = new int[4];
            ports[place] = taken;
            var options = new PlatformOptions(
                    parent.resolve("data"), ports[0], ports[1], ports[2], ports[3], Set.of(Part.values()), true);

            // When
            assertThatThrownBy(() -> Platform.start(options))
                    // Then
                    .isInstanceOf(PortInUseException.class)
                    .hasMessage("Port " + taken + ", wanted for " + wantedBy + ", is in use by another program.");
            assertThat(parent).isEmptyDirectory();
        }
    }

    @Test
    void aDirectoryServesOnePlatformAtATime() {
        // Given
        var options = new PlatformOptions(parent.resolve("data"), 0, 0, 0, 0, Set.of(Part.MAIL), false);
        try (var first = Platform.start(options)) {
            assertThat(first.mailbox().received()).isEmpty();

            // When
            assertThatThrownBy(() -> RunningPlatform.start(options, Parts.bySystemProperty(), Duration.ofSeconds(1)))
                    // Then
                    .isInstanceOf(PlatformException.class)
                    .hasMessage("Another running platform uses " + options.directory() + ".");
        }
    }

    @Test
    void whatWasToBeDeletedAndIsStillThereIsDeletedFirst() throws Exception {
        // Given
        var directory = parent.resolve("data");
        var options = new PlatformOptions(directory, 0, 0, 0, 0, Set.of(Part.KAFKA), true);
        Files.createDirectories(directory.resolve("kafka/data"));
        Files.createDirectories(directory.resolve("kafka-2/data"));
        Files.writeString(directory.resolve("kafka/left-over"), "of a run that the power loss ended");

        // When
        try (var platform = Platform.start(options)) {

            // Then
            assertThat(platform.bootstrapServers()).isNotEmpty();
            assertThat(directory.resolve("kafka-2")).doesNotExist();
            assertThat(directory.resolve("kafka/left-over")).doesNotExist();
        }
    }

    @Test
    void whatIsKeptIsNotDeletedAtTheStart() throws Exception {
        // Given
        var directory = parent.resolve("data");
        var options = new PlatformOptions(directory, 0, 0, 0, 0, Set.of(Part.MAIL), false);
        Files.createDirectories(directory.resolve("postgres"));

        // When
        Platform.start(options).close();

        // Then
        assertThat(directory.resolve("postgres")).isDirectory();
    }

    @Test
    void anUnknownKindOfPlatformIsRefused() {
        // When
        assertThatThrownBy(() -> Parts.named("cloud"))
                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("platform: cloud (expected: embedded or containers)");
    }
}
