package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port was free when it was chosen, and is taken when the part wants to listen there. */
class FasterRivalTest {

    @TempDir
    private Path parent;

    @Test
    void aBrokerSaysThatItsPortIsTaken() {
        // Given
        try (var rival = KafkaProcesses.start(options("rival", 0))) {
            int taken = port(rival.bootstrapServers());

            // When
            assertThatThrownBy(() -> KafkaProcesses.start(options("late", taken)))
                    // Then
                    .isInstanceOf(PortInUseException.class);
        }
    }

    @Test
    void aDatabaseServerIsNotTakenForAnothersOnTheSamePort() {
        // Given
        try (var rival = PostgresProcess.start(options("rival", 0))) {
            int taken = port(rival.address());

            // When
            assertThatThrownBy(() -> PostgresProcess.start(options("late", taken)))
                    // Then
                    .isInstanceOf(PortInUseException.class);
            assertThat(new Databases(rival.address()).jdbcUrl("unharmed")).endsWith(":" + taken + "/unharmed");
        }
    }

    private PlatformOptions options(String name, int port) {
        return new PlatformOptions(parent.resolve(name), port, port, 0, 0, Set.of(Part.values()), true);
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
