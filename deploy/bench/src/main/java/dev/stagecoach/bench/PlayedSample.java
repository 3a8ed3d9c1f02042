package dev.stagecoach.bench;

import dev.stagecoach.bench.figures.JavaMemory;
import dev.stagecoach.bench.figures.ProcessMeter;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The local stack with its sample, as {@code stagecoach up} runs it, in a directory of its own. */
final class PlayedSample {

    /** What the stack says when it has played the sample and told what came of it. */
    private static final String THROUGH = "Time stands still";

    private static final long STOP_SECONDS = 60;

    private PlayedSample() {}

    /** Of a service; null where it is not known. */
    record Memory(@Nullable Double residentMb, @Nullable Double peakMb) {}

    /**
     * Plays it, and looks at the services while they are still up.
     *
     * @throws Complaint if the stack ends before the sample is through
     */
    static Map<Service, Memory> play(Place place, List<String> jvmOptions, int portOffset) {
        var stack = start(place, jvmOptions, portOffset);
        try {
            awaitEndOfSample(stack);
            return look(stack.toHandle(), place.home());
        } catch (IOException e) {
            throw new Complaint("The local stack cannot be followed: " + e.getMessage() + ".", e);
        } finally {
            stop(stack);
        }
    }

    private static Process start(Place place, List<String> jvmOptions, int portOffset) {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dlogging.configuration=" + PlayedSample.class.getResource("child-logging.properties"),
                "-Dstagecoach.home=" + place.home(),
                "-Dstagecoach.directory=" + place.directory().resolve("sample"),
                "-Dstagecoach.jvm-options=" + String.join(" ", jvmOptions),
                "dev.stagecoach.local.Main",
                "up",
                "--port-offset",
                Integer.toString(portOffset));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Complaint("The local stack cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private static void awaitEndOfSample(Process stack) throws IOException {
        // Not closed: the stack goes on to print.
        var said = stack.inputReader();
        var last = "nothing";
        for (var text = said.readLine(); text != null; text = said.readLine()) {
            if (text.startsWith(THROUGH)) {
                return;
            }
            last = text;
        }
        throw new Complaint("The local stack ended before the sample was through, and said at last: " + last);
    }

    private static Map<Service, Memory> look(ProcessHandle stack, Path home) {
        var memory = new EnumMap<Service, Memory>(Service.class);
        for (var service : Service.values()) {
            var jar = service.jar(home).toString();
            stack.descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains(jar))
                    .findFirst()
                    .ifPresent(process -> memory.put(service, look(process)));
        }
        return memory;
    }

    private static Memory look(ProcessHandle process) {
        return new Memory(JavaMemory.residentMb(process.pid()), new ProcessMeter(process).peakMemoryMb());
    }

    private static void stop(Process stack) {
        stack.destroy();
        try {
            if (!stack.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                stack.destroyForcibly();
            }
        } catch (InterruptedException e) {
            stack.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
