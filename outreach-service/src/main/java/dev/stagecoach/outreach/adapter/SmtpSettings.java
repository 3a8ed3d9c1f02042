package dev.stagecoach.outreach.adapter;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Where the mail server is and how to talk to it.
 *
 * @param ownName how to introduce ourselves; absent: the name of this machine
 * @param tls from the first byte on
 * @param startTls absent: required, unless the server is on this machine
 * @param timeout for each answer
 * @param trusted a PEM file with the certificates to trust; absent: those that Java trusts
 */
record SmtpSettings(
        String host,
        int port,
        Optional<String> username,
        Optional<String> password,
        Optional<String> ownName,
        boolean tls,
        boolean trustAll,
        Optional<StartTls> startTls,
        Duration timeout,
        Optional<Path> trusted) {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    /** With the certificates that Java trusts. */
    SmtpSettings(
            String host,
            int port,
            Optional<String> username,
            Optional<String> password,
            Optional<String> ownName,
            boolean tls,
            boolean trustAll,
            Optional<StartTls> startTls,
            Duration timeout) {
        this(host, port, username, password, ownName, tls, trustAll, startTls, timeout, Optional.empty());
    }

    /** When to encrypt a connection that begins in the clear. */
    enum StartTls {
        /** Without it, nothing is sent. */
        REQUIRED,
        /** If the server offers it. */
        OPTIONAL,
        DISABLED
    }

    StartTls effectiveStartTls() {
        return startTls.orElseGet(() -> isLoopback(host) ? StartTls.OPTIONAL : StartTls.REQUIRED);
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** For one connection. */
    Properties properties(ScheduledExecutorService writeTimeouts, Wire wire) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", host);
        properties.setProperty("mail.smtp.port", Integer.toString(port));
        properties.setProperty("mail.smtp.connectiontimeout", millis(CONNECT_WITHIN));
        properties.setProperty("mail.smtp.timeout", millis(timeout));
        properties.setProperty("mail.smtp.writetimeout", millis(timeout));
        properties.put("mail.smtp.executor.writetimeout", writeTimeouts);
        properties.put("mail.smtp.socketFactory", wire);
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.auth", Boolean.toString(username.isPresent()));
        ownName.ifPresent(name -> properties.setProperty("mail.smtp.localhost", name));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", Boolean.toString(!trustAll));
        if (trustAll) {
            properties.setProperty("mail.smtp.ssl.trust", "*");
        }
        trusted.map(TrustedCertificates::in)
                .ifPresent(sockets -> properties.put("mail.smtp.ssl.socketFactory", sockets));
        StartTls when = tls ? StartTls.DISABLED : effectiveStartTls();
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(when != StartTls.DISABLED));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(when == StartTls.REQUIRED));
        return properties;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    static StartTls startTls(String name) {
        return StartTls.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Says where, and nothing that is secret. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
