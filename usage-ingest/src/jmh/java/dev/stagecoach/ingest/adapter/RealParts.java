package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.Pseudonyms;
import dev.stagecoach.ingest.RecentIds;

/** The parts of the service that the path goes through, for those outside their package. */
public final class RealParts {
    private RealParts() {}

    public static Pseudonyms pseudonyms() {
        return new HmacPseudonyms("a secret for benchmarks only");
    }

    public static RecentIds recentIds(IngestConfig config) {
        return new RecentIdsMemory(config);
    }
}
