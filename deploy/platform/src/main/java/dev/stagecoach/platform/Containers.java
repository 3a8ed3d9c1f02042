package dev.stagecoach.platform;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.testcontainers.containers.GenericContainer;

/** What the containers have in common. */
final class Containers {

    private Containers() {}

    /** Publishes on the wanted port of the loopback address, or, for 0, as Testcontainers sees fit. */
    static void publish(GenericContainer<?> container, int port, int containerPort) {
        if (port != 0) {
            container.setPortBindings(List.of(Loopback.ADDRESS + ":" + port + ":" + containerPort));
        }
    }

    /** Keeps what the container writes to the path, unless the options say that it goes away. */
    static void keep(GenericContainer<?> container, PlatformOptions options, String name, String containerPath) {
        if (options.deleteOnClose()) {
            return;
        }
        var directory = writableByAnyone(options.directory().resolve(name));
        container.withCreateContainerCmdModifier(create -> {
            var host = create.getHostConfig();
            if (host != null) {
                host.withBinds(new Bind(directory.toString(), new Volume(containerPath)));
            }
        });
    }

    /** The container's user is none of ours. */
    private static Path writableByAnyone(Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new PlatformException("No directory for a container's data: " + directory, e);
        }
    }

    /** Testcontainers would kill it; data that is kept deserves an orderly end. */
    static void stop(GenericContainer<?> container, PlatformOptions options) {
        if (!options.deleteOnClose()) {
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .exec();
        }
        container.stop();
    }
}
