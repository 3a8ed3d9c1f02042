package dev.stagecoach.testing;

import dev.stagecoach.platform.SharedPlatform;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets one platform serve all tests of a JVM, and closes it when JUnit is done, which finds this listener by {@code
 * META-INF/services}.
 *
 * <p>Quarkus loads the classes of tests anew for each application that it starts. The platform outlives that because
 * Quarkus is asked here to leave its jar to the JVM's own class loader.
 */
public final class PlatformSession implements LauncherSessionListener {

    private static final String LOADED_ONCE = "quarkus.class-loading.parent-first-artifacts";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        var others = System.getProperty(LOADED_ONCE);
        var own = "dev.stagecoach:stagecoach-platform";
        System.setProperty(LOADED_ONCE, others == null ? own : others + "," + own);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        SharedPlatform.close();
    }

    /** Whether Quarkus did as asked. */
    static boolean isPlatformLoadedOnce() {
        return SharedPlatform.class.getClassLoader() == ClassLoader.getSystemClassLoader();
    }
}
