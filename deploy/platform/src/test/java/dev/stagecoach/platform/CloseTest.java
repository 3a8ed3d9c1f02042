package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class CloseTest {

    @Test
    void nothingIsLeftAfterClose() throws Exception {
        // Given
        var options = PlatformOptions.forTests();
        var platform = Platform.start(options);
        var processes = new ArrayList<>(ProcessHandle.current().children().toList());
        var pidFile = PostgresProcess.dataDirectory(options).resolve("postmaster.pid");
        if (Files.exists(pidFile)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0).strip()))
                    .ifPresent(processes::add);
        }
        int smtpPort = platform.smtpPort();

        // When
        platform.close();
        platform.close();

        // Then
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(options.directory()).doesNotExist();
        Loopback.requireFree(smtpPort, "SMTP");
    }
}
