package dev.stagecoach.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JVMs print, as seen of JDK 17. */
class JvmFiguresTest {

    @TempDir
    private Path directory;

    @Test
    void theMostOfAllCollectionsIsTakenWhateverTheCollector() throws IOException {
        // Given
        var log = directory.resolve("gc.log");
        Files.writeString(log, """
                [0.005s][info][gc] Using Parallel
                [1.203s][info][gc] GC(0) Pause Young (Allocation Failure) 64M->10M(245M) 7.012ms
                [2.500s][info][gc] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 300M->120M(1G) 4.001ms
                [2.600s][info][gc] GC(2) Concurrent Mark Cycle 33.100ms
                [3.100s][info][gc] GC(3) Pause Full (Ergonomics) 90M->900K(245M) 45.250ms
                """);

        // When
        var most = GcLog.most(log);

        // Then
        assertThat(most).isEqualTo(new GcLog.Most(120.0, 45.25));
    }

    @Test
    void withoutACollectionNothingIsKnown() throws IOException {
        // Given
        var log = directory.resolve("gc.log");
        Files.writeString(log, "[0.005s][info][gc] Using G1\n");

        // Then
        assertThat(GcLog.most(log)).isEqualTo(new GcLog.Most(null, null));
    }

    @Test
    void theHeapIsTheSumOfItsSpacesWithoutTheMetaspace() {
        assertThat(JavaMemory.heapMb("""
                4711:
                 PSYoungGen      total 76288K, used 1024K [0x0000, 0x0001, 0x0002)
                  eden space 65536K, 8% used [0x0000,0x0001,0x0002)
                 ParOldGen       total 175104K, used 2048K [0x0000, 0x0001, 0x0002)
                  object space 175104K, 0% used [0x0000,0x0001,0x0002)
                 Metaspace       used 163K, committed 384K, reserved 1056768K
                """)).isEqualTo(3.0);
        assertThat(JavaMemory.heapMb("4711: no such process")).isNull();
    }
}
