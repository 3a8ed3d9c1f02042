package dev.stagecoach.platform;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One platform for all tests of a JVM: started when first wanted, and never with less than is wanted. */
public final class SharedPlatform {

    private static @Nullable Platform running;

    private SharedPlatform() {}

    /** The platform of this JVM. It has the wanted parts at least, and data of earlier tests perhaps. */
    public static synchronized Platform with(Set<Part> wanted) {
        var parts = new HashSet<>(wanted);
        if (running != null) {
            if (running.parts().containsAll(wanted)) {
                return running;
            }
            parts.addAll(running.parts());
            close();
        }
        running = Platform.start(PlatformOptions.forTests(parts.toArray(Part[]::new)));
        return running;
    }

    /** Stops it if it runs; whoever wants it next gets a new one. */
    public static synchronized void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
