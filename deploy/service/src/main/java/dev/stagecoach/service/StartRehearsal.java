package dev.stagecoach.service;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * Starts a service where there is neither Kafka nor PostgreSQL, for Java to make an archive of the classes that it has loaded
 * ({@code -XX:ArchiveClassesAtExit}). Such a start does not come to talk to them, so the classes for that are loaded before, by packages.
 * What an archive lacks is read from a jar and verified at each start; what it has in vain lies between the rest and takes some memory.
 *
 * <p>Run as {@code java -cp quarkus-run.jar dev.stagecoach.service.StartRehearsal}: the class path must be that of a real start.
 */
public final class StartRehearsal {
    /** Jars of which a start uses nearly all. */
    private static final Pattern OWN = Pattern.compile("app/.*|quarkus/.*|lib/main/dev\\.stagecoach.*");

    /** Packages of libraries of which it uses most. */
    private static final Set<String> PACKAGES = Set.of(
            "io.agroal.pool",
            "io.netty.bootstrap",
            "io.netty.buffer",
            "io.netty.channel",
            "io.netty.channel.nio",
            "io.netty.handler.codec.http",
            "io.netty.handler.codec.http2",
            "io.vertx.core.http.impl",
            "io.vertx.core.net.impl",
            "org.apache.kafka.clients",
            "org.apache.kafka.clients.consumer",
            "org.apache.kafka.clients.consumer.internals",
            "org.apache.kafka.clients.producer",
            "org.apache.kafka.clients.producer.internals",
            "org.apache.kafka.common",
            "org.apache.kafka.common.config",
            "org.apache.kafka.common.errors",
            "org.apache.kafka.common.message",
            "org.apache.kafka.common.metrics",
            "org.apache.kafka.common.network",
            "org.apache.kafka.common.protocol",
            "org.apache.kafka.common.protocol.types",
            "org.apache.kafka.common.record",
            "org.apache.kafka.common.requests",
            "org.apache.kafka.common.telemetry.internals",
            "org.apache.kafka.common.utils",
            "org.postgresql.core",
            "org.postgresql.core.v3",
            "org.postgresql.hostchooser",
            "org.postgresql.jdbc",
            "org.postgresql.util");

    /** In the package of Kafka's messages, and used by its tools alone. */
    private static final String OF_TOOLS = "JsonConverter";

    private static final String CLASS = ".class";

    private StartRehearsal() {}

    /**
     * Loads the classes, then starts the service with these arguments.
     *
     * @throws ReflectiveOperationException when the jar has no main class
     * @throws IOException when a jar cannot be read
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        File jar = new File(System.getProperty("java.class.path"));
        Attributes manifest;
        try (JarFile run = new JarFile(jar)) {
            manifest = run.getManifest().getMainAttributes();
        }
        for (String path : List.of(manifest.getValue(Attributes.Name.CLASS_PATH).split(" "))) {
            File library = new File(jar.getAbsoluteFile().getParentFile(), path);
            load(library, OWN.matcher(path).matches() ? name -> true : StartRehearsal::isUsed);
        }
        try {
            Class.forName(manifest.getValue(Attributes.Name.MAIN_CLASS))
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the start that is rehearsed failed", e.getCause());
        }
    }

    private static boolean isUsed(String name) {
        int end = name.lastIndexOf('.');
        return end > 0 && PACKAGES.contains(name.substring(0, end)) && !name.contains(OF_TOOLS);
    }

    private static void load(File library, Predicate<String> wanted) throws IOException {
        try (JarFile jar = new JarFile(library)) {
            jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name ->
                            name.endsWith(CLASS) && !name.startsWith("META-INF/") && !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .filter(wanted)
                    .forEach(StartRehearsal::load);
        }
    }

    /** What works with another library that is not here is left out: no start comes to it either. */
    private static void load(String name) {
        try {
            Class.forName(name, false, StartRehearsal.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError withoutIt) {
            return;
        }
    }
}
