package dev.stagecoach.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of usage-ingest. Where Kafka is, is in {@code kafka.bootstrap.servers}. */
@ConfigMapping(prefix = "stagecoach.ingest")
public interface IngestConfig {
    /**
     * The account id for which each write key speaks, or {@code *} for every account: keys beside those that lifecycle-service hands out,
     * for a machine of one's own and for the change from one to the other.
     */
    Map<String, String> writeKeys();

    /**
     * The secret behind the pseudonyms of users, at least 16 bytes. Has no default, and is not changed lightly: with another secret every
     * user is a new one.
     */
    String pseudonymSecret();

    /** Where the time of receipt comes from. */
    @WithDefault("system")
    ClockSource clock();

    /** A difference between sending and receipt up to which the sender's clock is taken as right. */
    @WithDefault("PT1M")
    Duration clockTolerance();

    /** The properties of usage events that are kept, when they are single values. All others end here. */
    @WithDefault("feature,action")
    Set<String> keptProperties();

    /**
     * The fields of the context that are kept among the properties, as {@code context.app.version} for {@code app.version}, when they are
     * single values. Without it none: the context holds addresses and devices.
     */
    Optional<Set<String>> keptContext();

    /** Members of pings that are not kept with the rest: keys, and the address of the first administrator. */
    @WithDefault("LicenseKey,licenseKey,licenceKey,writeKey,initAdmin")
    Set<String> droppedPingMembers();

    /** The newest version, told to instances that report an older one in pings that name no product, as update checks do. */
    Optional<String> newestVersion();

    /** The newest version, told to instances that report an older one in pings that name this product. */
    Map<String, String> newestVersions();

    /** How long Kafka may take to confirm before the sender is told to come back. */
    @WithDefault("PT1.8S")
    Duration confirmWithin();

    /** When a sender that was turned away should come back, in whole seconds. */
    @WithDefault("PT5S")
    Duration retryAfter();

    /**
     * How many ids of stored events are remembered at least, so that what is repeated at once is not stored again; 32 bytes each.
     *
     * @return ids
     */
    @WithDefault("500000")
    int rememberedIds();

    /** How long a user belongs to an account after that was written last; one that is told again is written again after a third of it. */
    @WithDefault("P90D")
    Duration userLinksLapseAfter();

    Limits limits();

    /** Sizes from which on something is refused. */
    interface Limits {
        /** The largest body as sent, compressed or not. */
        @WithDefault("4M")
        MemorySize body();

        /** The largest body after decompression. */
        @WithDefault("32M")
        MemorySize decompressedBody();

        /** How long a body of more than 16 KB, or of no announced length, may take to come in. */
        @WithDefault("PT30S")
        Duration bodyWithin();

        /** The most of all bodies under way together, after decompression. Without it, a quarter of the heap. */
        Optional<MemorySize> allBodies();

        /** The largest usage event as JSON. */
        @WithDefault("32K")
        MemorySize event();

        /** The largest ping as JSON. Must leave room for the rest of a Kafka record of 1 MB. */
        @WithDefault("512K")
        MemorySize ping();

        /**
         * The most usage events of a request.
         *
         * @return events
         */
        @WithDefault("2500")
        int events();

        /**
         * What each key may send in a second, in events and pings. Without it, anything. Keys can have limits of their own.
         *
         * @return events and pings a second
         */
        Optional<Integer> eventsPerSecond();

        /** What is kept of a rejected piece of usage; must fit into a Kafka record. */
        @WithDefault("900K")
        MemorySize quarantined();
    }

    /** Where the time of receipt comes from. */
    enum ClockSource {
        /** The machine's clock. */
        SYSTEM,
        /** The newest record of {@code time.ticks}: for simulated time. */
        TICKS
    }
}
