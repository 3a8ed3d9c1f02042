package dev.stagecoach.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** All settings of this service; those of Kafka, PostgreSQL and HTTP are Quarkus' own. */
@ConfigMapping(prefix = "stagecoach")
public interface LifecycleConfig {
    Lifecycle lifecycle();

    interface Lifecycle {
        /** A name that this process keeps over restarts, so that it takes up its accounts again at once after a crash. */
        Optional<String> replica();

        /** A directory with policy files to use instead of the built-in ones of the same name. */
        Optional<Path> policy();

        /**
         * How many consumers, each with a thread and partitions of its own, read and decide in this process: as many as it has
         * processors to give them, and for all replicas together no more than there are partitions. A second one with a {@code replica} name
         * is {@code <replica>-2}.
         *
         * @return consumers
         */
        @WithDefault("2")
        int consumers();

        /**
         * The most records that a poll returns, and the most of one partition number that are applied in one transaction.
         *
         * @return records
         */
        @WithDefault("2000")
        int maxBatch();

        /**
         * Roughly how many users to remember between batches, some 150 bytes each; the others are read when they come up.
         *
         * @return users
         */
        @WithDefault("1000000")
        int usersRemembered();

        /**
         * On how many UTC days after that of its receipt an event that comes again under its id counts no more. The ids of these
         * days and of the running one are remembered, some 15 bytes each. 1 or more.
         *
         * @return days
         */
        @WithDefault("2")
        int repeatWindowDays();

        Ticker ticker();
    }

    interface Ticker {
        /** Whether this service makes time pass. Off where a time-lapse does. */
        @WithDefault("true")
        boolean enabled();

        /** How often a tick is published, for all replicas together. */
        @WithDefault("5s")
        Duration every();
    }
}
