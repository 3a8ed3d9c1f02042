package dev.stagecoach.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

final class Directories {

    private Directories() {}

    /** Deletes a directory with all that is in it, also while a process that is about to end still writes there. */
    static void delete(Path directory) throws IOException {
        try {
            FileUtils.deleteDirectory(directory.toFile());
        } catch (IOException e) {
            if (Files.exists(directory)) {
                FileUtils.deleteDirectory(directory.toFile());
            }
        }
    }
}
