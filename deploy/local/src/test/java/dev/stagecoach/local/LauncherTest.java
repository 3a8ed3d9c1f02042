package dev.stagecoach.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code stagecoach}, with a Java and a Maven that only say what they were asked to do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script")
class LauncherTest {

    private static final String JAR = "deploy/local/target/stagecoach-local.jar";
    private static final String SOURCE = "events/src/main/resources/topics.yaml";
    private static final Instant BUILT = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    private Path home;

    private record Run(int code, String output, String errors) {}

    @BeforeEach
    void aCheckoutThatIsBuilt() throws IOException {
        Files.copy(LocalStack.HOME.resolve("stagecoach"), home.resolve("stagecoach"));
        script("mvnw", "echo a line of Maven; mkdir -p deploy/local/target; touch " + JAR);
        java("17.0.9", "java.base@17 jdk.compiler@17");
        write(SOURCE, BUILT.minusSeconds(60));
        write(JAR, BUILT);
    }

    private void java(String version, String modules) throws IOException {
        script("jdk/bin/java", """
                case $1 in
                -version) echo 'openjdk version "%s"' >&2 ;;
                --list-modules) printf '%%s\\n' %s ;;
                *) while [ $# -gt 0 ] && [ "$1" != dev.stagecoach.local.Main ]; do shift; done; echo "$@" ;;
                esac
                """.formatted(version, modules));
    }

    private void script(String name, String body) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private void write(String name, Instant changed) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    private Run stagecoach(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(home.resolve("stagecoach").toString()));
        command.addAll(List.of(arguments));
        var output = home.resolve("output");
        var errors = home.resolve("errors");
        var builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment()
                .put("STAGECOACH_DIRECTORY", home.resolve(".stagecoach").toString());
        int code = builder.start().waitFor();
        return new Run(code, Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys list --json", "quarantine list --json", "erase vera@example.com"})
    void aCommandIsBuiltAnewWhenItsSourcesAreNewer(String command) throws Exception {
        // Given
        write(SOURCE, BUILT.plusSeconds(60));

        // When
        var run = stagecoach(command.split(" "));

        // Then
        assertThat(run.code()).isZero();
        assertThat(run.errors()).contains("Building Stagecoach").contains("a line of Maven");
        assertThat(run.output()).isEqualTo("dev.stagecoach.local.Main " + command + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys list --json", "quarantine list --json", "erase vera@example.com"})
    void aCommandIsNotBuiltWhenItIsUpToDate(String command) throws Exception {
        // When
        var run = stagecoach(command.split(" "));

        // Then
        assertThat(run).isEqualTo(new Run(0, "dev.stagecoach.local.Main " + command + "\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"up --help", "keys --help", "keys create --help", "quarantine -h", "erase --help"})
    void helpBuildsNothing(String command) throws Exception {
        // Given
        write(SOURCE, BUILT.plusSeconds(60));

        // When
        var run = stagecoach(command.split(" "));

        // Then
        assertThat(run).isEqualTo(new Run(0, "dev.stagecoach.local.Main " + command + "\n", ""));
    }

    /** As in the operator's pod of Kubernetes. */
    @Test
    void aJarWithoutSourcesIsUpToDate() throws Exception {
        // Given
        Files.delete(home.resolve(SOURCE));
        Files.delete(home.resolve("mvnw"));
        java("17.0.9", "java.base@17");

        // When
        var run = stagecoach("erase", "vera@example.com");

        // Then
        assertThat(run).isEqualTo(new Run(0, "dev.stagecoach.local.Main erase vera@example.com\n", ""));
    }

    @Test
    void aBuildThatFailsEndsWithOne() throws Exception {
        // Given
        Files.delete(home.resolve(JAR));
        script("mvnw", "echo it does not compile; exit 3");

        // When
        var run = stagecoach("keys", "list");

        // Then
        assertThat(run.code()).isOne();
        assertThat(run.errors()).contains("it does not compile").contains("The build failed");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenToEndsWithOne() throws Exception {
        // Given
        write(".stagecoach", BUILT);

        // When
        var run = stagecoach("keys", "list");

        // Then
        assertThat(run.code()).isOne();
        assertThat(run.errors()).contains("cannot be written to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_292", "11.0.2", ""})
    void aWrongJavaEndsWithTwo(String version) throws Exception {
        // Given
        java(version, "java.base jdk.compiler");

        // When
        var run = stagecoach("keys", "list");

        // Then
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).startsWith("stagecoach: ");
    }

    @Test
    void aJavaThatCannotBuildWhatMustBeBuiltEndsWithTwo() throws Exception {
        // Given
        java("17.0.9", "java.base@17");
        write(SOURCE, BUILT.plusSeconds(60));

        // When
        var run = stagecoach("keys", "list");

        // Then
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("without a compiler");
    }
}
