package dev.stagecoach.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    @TempDir
    private Path home;

    private Path record;
    private ProcessRecord processes;

    @BeforeEach
    void aRecord() {
        record = home.resolve("processes");
        processes = new ProcessRecord(record);
    }

    @Test
    void anInterruptEndsTheRehearsalsAndTheWaitForThem() throws Exception {
        // Given
        rehearsals("Thread.sleep(600_000);");
        var interrupted = new AtomicBoolean();
        var start = new Thread(() -> {
            assertThatThrownBy(() -> ClassArchive.makeMissing(home, processes)).isInstanceOf(Complaint.class);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        start.start();
        await().until(() -> recorded().size() == Service.values().length);
        var rehearsals = recorded().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();

        // When
        start.interrupt();

        // Then
        start.join(Duration.ofSeconds(20).toMillis());
        assertThat(interrupted).isTrue();
        assertThat(rehearsals).hasSize(Service.values().length).noneMatch(ProcessHandle::isAlive);
        assertThat(recorded()).isEmpty();
        assertThat(beside("classes.jsa.none")).noneMatch(Files::exists);
    }

    @Test
    void aRehearsalThatWasCutShortIsMadeAgain() throws IOException {
        // Given
        rehearsals("System.out.println(\"started in 1 s\");");
        for (var log : beside("classes.jsa.log")) {
            Files.writeString(log, "cut short");
        }

        // When
        ClassArchive.makeMissing(home, processes);

        // Then
        assertThat(beside("classes.jsa")).allMatch(Files::isRegularFile);
        assertThat(recorded()).isEmpty();
    }

    @Test
    void whereJavaLeavesNoArchiveItIsNotTriedAgain() throws IOException {
        // Given
        rehearsals("new ProcessBuilder(\"kill\", \"-9\", \"\" + ProcessHandle.current().pid()).start().waitFor();");
        ClassArchive.makeMissing(home, processes);
        for (var log : beside("classes.jsa.log")) {
            Files.delete(log);
        }

        // When
        ClassArchive.makeMissing(home, processes);

        // Then
        assertThat(beside("classes.jsa.none")).allMatch(Files::isRegularFile);
        assertThat(beside("classes.jsa.log")).noneMatch(Files::exists);
    }

    @Test
    void aRehearsalThatAKilledStackLeftBehindIsEndedLikeItsServices() throws Exception {
        // Given
        rehearsals("Thread.sleep(600_000);");
        var making = CompletableFuture.runAsync(() -> ClassArchive.makeMissing(home, processes));
        await().until(() -> recorded().size() == Service.values().length);

        // When
        new ProcessRecord(record).endAll();

        // Then
        making.join();
        assertThat(recorded()).isEmpty();
    }

    private void rehearsals(String statements) throws IOException {
        for (var service : Service.values()) {
            var jar = service.jar(home);
            Files.createDirectories(jar.getParent());
            ProgramJar.write(jar, ClassArchive.REHEARSAL, statements);
        }
    }

    private List<Path> beside(String name) {
        return List.of(Service.values()).stream()
                .map(service -> service.jar(home).resolveSibling(name))
                .toList();
    }

    /** The ids of the processes in the record. */
    private List<Long> recorded() throws IOException {
        try {
            return Files.readAllLines(record).stream()
                    .map(line -> Long.valueOf(line.substring(0, line.indexOf(' '))))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
