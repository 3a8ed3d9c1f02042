package dev.stagecoach.outreach;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The settings of outreach-service. Where Kafka, PostgreSQL and the mail server are, is in Quarkus' own settings. */
@ConfigMapping(prefix = "stagecoach.outreach")
public interface OutreachConfig {
    /** Where readers reach this service; links in mails start with it. */
    @WithDefault("http://localhost:8083")
    URI publicUrl();

    /**
     * The secret behind the links, at least 16 characters. Has no default. Another one breaks the links of all mails sent before, unless
     * the one before is in {@code previous-link-secrets}.
     */
    String linkSecret();

    /** Secrets that were {@code link-secret} before, or are to be it next: links of mails made with them work, new mails get none of them. */
    Optional<List<String>> previousLinkSecrets();

    /** Where {@code campaigns/*.yaml} and {@code templates/} are. Absent: the ones that come with the service. */
    Optional<Path> policyDirectory();

    /** How long to wait, in event time, for an account's first list of contacts before its roles count as vacant. */
    @WithDefault("PT1H")
    Duration contactGrace();

    /**
     * The most records of a batch.
     *
     * @return records
     */
    @WithDefault("500")
    int maxBatch();

    /** A name that this process keeps over restarts and shares with no other, so that it goes on at once after a crash. */
    Optional<String> replica();

    Mails mails();

    Sending sending();

    Dkim dkim();

    Bounced bounces();

    /** Who writes. */
    interface Mails {
        /** A person's name and the team's address. */
        @WithDefault("Robin from customer success <success@example.com>")
        String from();

        /** An address that somebody reads. */
        @WithDefault("success@example.com")
        String replyTo();

        /** How mails are signed. */
        @WithDefault("Robin")
        String senderName();

        /** Whose team it is, as mails call it. */
        @WithDefault("Customer success")
        String team();

        /** Where the sender lives, as the law wants at the end of mails. */
        @WithDefault("Example Ltd, 1 Example Street, Example City")
        String postalAddress();

        /** The right side of message ids. */
        @WithDefault("outreach.example.com")
        String messageIdDomain();

        /**
         * The right side of envelope senders, {@code bounces+<mail>.<hash>@…}, so that reports about mails reach the mailbox of
         * {@code bounces.imap}. Absent: that of message ids.
         */
        Optional<String> bounceDomain();

        /** Domains whose people may send test mails to themselves, {@code example.com} for instance. Absent: nobody. */
        Optional<List<String>> testDomains();

        /** Where the pages behind the buttons are. Absent: buttons ask for help instead. */
        Optional<URI> docsUrl();

        /** The language of templates whose names carry none, and of readers whose own is not known; a BCP 47 tag. */
        @WithDefault("en")
        Locale language();
    }

    /** How mails are handed over. */
    interface Sending {
        /**
         * Connections to the mail server, and mails handed over at a time.
         *
         * @return connections
         */
        @WithDefault("8")
        int connections();

        /** How long the mail server may take for an answer; after that nobody knows whether it took the mail. */
        @WithDefault("PT60S")
        Duration timeout();

        /** {@code required}, {@code optional} or {@code disabled}. Absent: required, or optional if the server is on this machine. */
        Optional<String> startTls();

        /**
         * A PEM file with the certificates to trust instead of those that Java trusts: that of the mail server, or of those who vouch for
         * it.
         */
        Optional<Path> trustedCertificates();

        PerDomain perDomain();
    }

    /** What one domain of recipients is to get; absent: as much as there is. */
    interface PerDomain {
        /**
         * Mails handed over to one domain of recipients at a time, by this process. Absent: as many as there are.
         *
         * @return mails
         */
        OptionalInt connections();

        /**
         * Mails to one domain of recipients in a second, by this process. Absent: as many as there are.
         *
         * @return mails a second
         */
        OptionalDouble rate();
    }

    /** How mails are signed; without a private key they are not. */
    interface Dkim {
        /** A file with an RSA key (PKCS #8, PEM) that signs mails. Absent: they are not signed. */
        Optional<Path> privateKey();

        /** Whose signature it is. Absent: the domain of {@code mails.from}. */
        Optional<String> domain();

        /** Under which name the domain publishes the public key. */
        @WithDefault("stagecoach")
        String selector();
    }

    /** What becomes of addresses that mails come back from. */
    interface Bounced {
        /**
         * So many temporary failures count as a lasting one.
         *
         * @return failures
         */
        @WithDefault("3")
        int softLimit();

        /** Within which time they count, in event time. */
        @WithDefault("P30D")
        Duration softWithin();

        Imap imap();
    }

    /** The mailbox that reports about mails come to; without a host none is read. */
    interface Imap {
        /** The server of the mailbox that reports about mails come to. Absent: none is read. */
        Optional<String> host();

        /**
         * Its port.
         *
         * @return port
         */
        @WithDefault("993")
        int port();

        /** TLS from the first byte on; else by STARTTLS, unless the mailbox is on this machine. */
        @WithDefault("true")
        boolean tls();

        /** Who signs in to the mailbox. */
        Optional<String> username();

        /** With which password. */
        Optional<String> password();

        /** The folder with the reports. */
        @WithDefault("INBOX")
        String folder();

        /** How often it is looked into. */
        @WithDefault("PT1M")
        Duration every();
    }
}
