package dev.stagecoach.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/** A jar with one class, which does what a test wants, in place of a service. */
final class ProgramJar {

    private ProgramJar() {}

    /**
     * Makes it.
     *
     * @param type the full name of the class
     * @param statements what its main method does
     */
    static void write(Path jar, String type, String statements) throws IOException {
        var sources = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "program");
        var source = sources.resolve(type.substring(type.lastIndexOf('.') + 1) + ".java");
        Files.writeString(
                source,
                "package %s; class %s { public static void main(String[] arguments) throws Exception { %s } }"
                        .formatted(
                                type.substring(0, type.lastIndexOf('.')),
                                type.substring(type.lastIndexOf('.') + 1),
                                statements));
        int failed =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", sources.toString(), source.toString());
        if (failed != 0) {
            throw new IllegalArgumentException("does not compile: " + statements);
        }
        var name = type.replace('.', '/') + ".class";
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, type);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry(name));
            Files.copy(sources.resolve(name), out);
            out.closeEntry();
        }
    }
}
