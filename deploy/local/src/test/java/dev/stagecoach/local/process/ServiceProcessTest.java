package dev.stagecoach.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    @Test
    void severalThatDoNotEndShareTheTimeThatTheyAreGiven() throws IOException {
        // Given
        var jar = directory.resolve("service.jar");
        ProgramJar.write(jar, "test.Sleeper", "Thread.sleep(600_000);");
        var services = Stream.of("one", "two", "three", "four")
                .map(name -> start(name, jar))
                .toList();
        services.forEach(ServiceProcess::freeze);
        long startedAt = System.nanoTime();

        // When
        services.stream().map(service -> service.stopping(TIMEOUT)).toList().forEach(Runnable::run);

        // Then
        assertThat(services).noneMatch(ServiceProcess::isAlive);
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
                .isBetween(TIMEOUT, TIMEOUT.multipliedBy(services.size() - 1));
        assertThat(Files.readAllLines(directory.resolve("processes"))).isEmpty();
    }

    private ServiceProcess start(String name, Path jar) {
        return ServiceProcess.start(
                name,
                jar,
                List.of("-XX:TieredStopAtLevel=1"),
                Map.of(),
                directory.resolve(name + ".log"),
                new ProcessRecord(directory.resolve("processes")));
    }
}
