package dev.stagecoach.ingest;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An SDK for Node.js, in a process of its own. Where there is no Node.js its tests are skipped, unless {@code STAGECOACH_NODE} names one: then it
 * must be there.
 */
record SdkForNode(String name) implements Sdk {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc", "send.js");
    private static final long PATIENCE_SECONDS = 120;

    @Override
    public Outcome send(URI address, String writeKey, List<Call> calls) {
        ArrayNode messages = EventCodec.json().createArrayNode();
        for (Call call : calls) {
            messages.addPOJO(Map.of("type", call.type(), "message", message(call)));
        }
        String said = run(messages.toString(), node(), "send.js", name, address.toString(), writeKey);
        try {
            return EventCodec.json().readValue(lastLine(said), Outcome.class);
        } catch (IOException e) {
            throw new UncheckedIOException(said, e);
        }
    }

    /** Before it may stand what Node.js or the SDK complains about. */
    private static String lastLine(String said) {
        return said.lines().reduce("", (before, line) -> line);
    }

    private static Map<String, Object> message(Call call) {
        Map<String, String> context = Map.of("groupId", call.account());
        return switch (call.type()) {
            case "track" -> Map.of("userId", Call.USER, "event", call.name(), "context", context);
            case "page", "screen" -> Map.of("userId", Call.USER, "name", call.name(), "context", context);
            case "identify" -> Map.of("userId", Call.USER, "traits", Map.of("email", Call.USER));
            case "group" -> Map.of("userId", Call.USER, "groupId", call.account());
            case "alias" -> Map.of("userId", Call.USER, "previousId", "somebody");
            default -> throw new IllegalArgumentException(call.type());
        };
    }

    /** Of the version that {@code package-lock.json} names; it is installed now when that is not done yet. */
    static SdkForNode installed(String name) {
        requireNode();
        install();
        return new SdkForNode(name);
    }

    private static void install() {
        try {
            Files.createDirectories(INSTALLED);
            if (isInstalled()) {
                return;
            }
            for (String file : FILES) {
                Files.copy(SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            run("", "npm", "ci", "--omit=optional");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** npm writes the last of these when all is there. */
    private static boolean isInstalled() throws IOException {
        for (String file : FILES) {
            if (!Files.exists(INSTALLED.resolve(file))
                    || Files.mismatch(SOURCES.resolve(file), INSTALLED.resolve(file)) != -1) {
                return false;
            }
        }
        return Files.exists(INSTALLED.resolve("node_modules/.package-lock.json"));
    }

    private static String node() {
        String named = System.getenv("STAGECOACH_NODE");
        return named == null ? "node" : named;
    }

    private static void requireNode() {
        try {
            new ProcessBuilder(node(), "--version").start().onExit().join();
            new ProcessBuilder("npm", "--version").start().onExit().join();
        } catch (IOException e) {
            String missing =
                    "There is no Node.js or no npm: install both (apt-get install nodejs npm). " + e.getMessage();
            if (System.getenv("STAGECOACH_NODE") != null) {
                throw new IllegalStateException(missing, e);
            }
            abort(missing);
        }
    }

    private static String run(String input, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(INSTALLED.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
                process.destroyForcibly();
                return process;
            });
            try (var stdin = process.outputWriter()) {
                stdin.write(input);
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
