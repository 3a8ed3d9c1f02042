package dev.stagecoach.bench;

import dev.stagecoach.local.process.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the recipe of the images says about Java.
 *
 * @param jvmOptions with which a service runs in its image
 * @param archiving the environment of the start that leaves an archive of classes in the image
 */
record ImageRecipe(List<String> jvmOptions, Map<String, String> archiving) {

    private static final Pattern OPTIONS = Pattern.compile("JDK_JAVA_OPTIONS=\"([^\"]+)\"");

    private static final Pattern ARCHIVING =
            Pattern.compile("^RUN ((?:[^\\n]|\\n(?!RUN))*?)java -XX:ArchiveClassesAtExit", Pattern.MULTILINE);
    private static final Pattern VARIABLE = Pattern.compile("([A-Z][A-Z_]*)=(\\S+)");

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
        var archiving = ARCHIVING.matcher(recipe);
        if (!archiving.find()) {
            throw new Complaint("deploy/Dockerfile makes no archive of classes.");
        }
        var environment = VARIABLE.matcher(archiving.group(1))
                .results()
                .collect(Collectors.toMap(variable -> variable.group(1), variable -> variable.group(2)));
        return new ImageRecipe(List.of(options.group(1).split(" ")), environment);
    }
}
