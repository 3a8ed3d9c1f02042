package dev.stagecoach.bench;

import dev.stagecoach.local.process.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the recipe of the images says about Java.
 *
 * @param jvmOptions with which a service runs in its image
 */
record ImageRecipe(List<String> jvmOptions) {

    private static final Pattern OPTIONS = Pattern.compile("JDK_JAVA_OPTIONS=\"([^\"]+)\"");

    /** @throws Complaint if it cannot be read */
    static ImageRecipe of(Path home) {
        var recipe = home.resolve("deploy/Dockerfile");
        try {
            return parse(Files.readString(recipe));
        } catch (IOException e) {
            throw new Complaint("The file " + recipe + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    static ImageRecipe parse(String recipe) {
        var options = OPTIONS.matcher(recipe);
        if (!options.find()) {
            throw new Complaint("deploy/Dockerfile does not set JDK_JAVA_OPTIONS, which has the options of Java.");
        }
        return new ImageRecipe(List.of(options.group(1).split(" ")));
    }
}
