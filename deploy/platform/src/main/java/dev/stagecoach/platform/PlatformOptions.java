package dev.stagecoach.platform;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which parts to start, and where.
 *
 * @param directory where data and logs live; created when absent. One platform at a time may use it.
 * @param kafkaPort loopback port of the first broker, whose neighbours the others have; 0 = any free
 * @param postgresPort loopback port of PostgreSQL; 0 = any free
 * @param smtpPort loopback port for SMTP; 0 = any free
 * @param imapPort loopback port for IMAP; 0 = any free
 * @param parts what to start
 * @param brokers how many nodes Kafka has, each broker and controller in one: 1, or an odd number of which more than half must be up
 * @param deleteOnClose whether {@link Platform#close} deletes the directory, and the start what is left in it. Such data is not worth
 *     the wait for a disk, so PostgreSQL then runs without fsync.
 */
public record PlatformOptions(
        Path directory,
        int kafkaPort,
        int postgresPort,
        int smtpPort,
        int imapPort,
        Set<Part> parts,
        int brokers,
        boolean deleteOnClose) {

    /** With one broker. */
    public PlatformOptions(
            Path directory,
            int kafkaPort,
            int postgresPort,
            int smtpPort,
            int imapPort,
            Set<Part> parts,
            boolean deleteOnClose) {
        this(directory, kafkaPort, postgresPort, smtpPort, imapPort, parts, 1, deleteOnClose);
    }

    public PlatformOptions {
        directory = directory.toAbsolutePath().normalize();
        requirePort("kafkaPort", kafkaPort);
        requirePort("postgresPort", postgresPort);
        requirePort("smtpPort", smtpPort);
        requirePort("imapPort", imapPort);
        parts = Set.copyOf(parts);
        if (brokers < 1 || brokers % 2 == 0) {
            throw new IllegalArgumentException("brokers: " + brokers + " (expected: an odd number)");
        }
    }

    /** The same with so many brokers. */
    public PlatformOptions withBrokers(int number) {
        return new PlatformOptions(
                directory, kafkaPort, postgresPort, smtpPort, imapPort, parts, number, deleteOnClose);
    }

    /** A new temporary directory, any free ports, everything deleted on close. No part named means all of them. */
    public static PlatformOptions forTests(Part... parts) {
        var wanted = Stream.of(parts.length == 0 ? Part.values() : parts).collect(toUnmodifiableSet());
        try {
            return new PlatformOptions(Files.createTempDirectory("stagecoach-"), 0, 0, 0, 0, wanted, true);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for a platform", e);
        }
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + ": " + port + " (expected: 0 to 65535)");
        }
    }
}
