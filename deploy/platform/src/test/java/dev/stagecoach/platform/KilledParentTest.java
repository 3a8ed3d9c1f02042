package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisabledIfSystemProperty(
        named = "platform",
        matches = "containers",
        disabledReason = "containers of a killed JVM are Testcontainers' to remove")
class KilledParentTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path parent;

    @Test
    void everythingEndsWithTheJvmThatStartedIt() throws Exception {
        // Given
        var options = options(false);
        try (var stack = KillableStack.start(options)) {
            assertThat(stack.processesBesidesParent()).hasSize(3).allMatch(ProcessHandle::isAlive);

            // When
            stack.killParent();

            // Then
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(stack.processesBesidesParent()).noneMatch(ProcessHandle::isAlive));
            assertThat(options.directory()).exists();
        }
    }

    @Test
    void aDirectoryThatIsNotKeptIsDeletedEvenIfAllAreToldToEndAtOnce() throws Exception {
        // Given
        var options = options(true);
        try (var stack = KillableStack.start(options)) {

            // When
            stack.terminateAll();

            // Then
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(options.directory()).doesNotExist();
                assertThat(stack.processesBesidesParent()).noneMatch(ProcessHandle::isAlive);
            });
        }
    }

    private PlatformOptions options(boolean deleteOnClose) {
        return new PlatformOptions(
                parent.resolve("data"), 0, 0, 0, 0, Set.of(Part.KAFKA, Part.POSTGRES), deleteOnClose);
    }
}
