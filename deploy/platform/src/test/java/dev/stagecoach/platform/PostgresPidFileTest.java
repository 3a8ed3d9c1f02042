package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPidFileTest {

    @TempDir
    private Path directory;

    @Test
    void aProcessThatOnlyHasTheServersOldNumberIsLeftAloneAndTheFileRemoved() throws Exception {
        // Given
        var file = directory.resolve("postmaster.pid");
        var bystander = new ProcessBuilder("sleep", "60").start();
        try {
            Files.write(file, List.of(Long.toString(bystander.pid()), directory.toString()));

            // When
            new PostgresPidFile(directory).endServer();

            // Then
            assertThat(bystander.isAlive()).isTrue();
            assertThat(file).doesNotExist();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void withoutAFileThereIsNothingToEnd() {
        // When
        new PostgresPidFile(directory).endServer();

        // Then
        assertThat(directory).isEmptyDirectory();
    }
}
