package dev.stagecoach.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where PostgreSQL's binaries are unpacked to, once per user and version. */
final class UnpackedBinaries {

    private UnpackedBinaries() {}

    /**
     * Below the user's home, because systems delete single files out of the temporary directory that were not used for
     * a while. The latter is the second choice, for a user without a home.
     */
    static Path directory() {
        var home = Path.of(System.getProperty("user.home"), ".cache", "stagecoach");
        try {
            return privateDirectory(home).resolve("postgres");
        } catch (IOException e) {
            return Path.of(System.getProperty("java.io.tmpdir"), "stagecoach-postgres");
        }
    }

    /** The embedding library lets everyone write to the directory below. */
    private static Path privateDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
}
