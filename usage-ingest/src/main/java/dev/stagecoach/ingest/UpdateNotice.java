package dev.stagecoach.ingest;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/** Tells instances that there is a newer version. */
@Singleton
class UpdateNotice {
    /** Up to three numbers: two are common, and mean that the third is 0. Anything else, such as a branch's name, is no version. */
    private static final Pattern VERSION = Pattern.compile("v?\\d+(\\.\\d+){0,2}([-+].*)?");

    /** By product; null stands for pings that name none. */
    private final Map<@Nullable String, Newest> newest = new HashMap<>();

    private record Newest(String name, Semver version) {}

    UpdateNotice(IngestConfig config) {
        config.newestVersion().ifPresent(version -> newest.put(null, newest("newest-version", version)));
        config.newestVersions()
                .forEach((product, version) ->
                        newest.put(product, newest("newest-versions.\"" + product + '"', version)));
    }

    private static Newest newest(String setting, String name) {
        return new Newest(
                name,
                parsed(name)
                        .orElseThrow(() -> new IllegalArgumentException("stagecoach.ingest." + setting + ": \"" + name
                                + "\" (expected: a version such as 5.3.0)")));
    }

    /**
     * The newest version, when it is newer. Without one in the configuration, and for an instance whose version is none, there is nothing
     * to tell.
     *
     * @param product null for a ping that names none
     */
    Optional<String> newerThan(@Nullable String product, String version) {
        Newest known = newest.get(product);
        return known == null
                ? Optional.empty()
                : parsed(version).filter(known.version::isGreaterThan).map(older -> known.name);
    }

    private static Optional<Semver> parsed(String version) {
        if (!VERSION.matcher(version).matches()) {
            return Optional.empty();
        }
        Semver exact = Semver.parse(version);
        return Optional.ofNullable(exact != null ? exact : Semver.coerce(version));
    }
}
