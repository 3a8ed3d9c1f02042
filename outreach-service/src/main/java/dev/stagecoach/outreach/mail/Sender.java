package dev.stagecoach.outreach.mail;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Who writes.
 *
 * @param from with a person's name
 * @param name how mails are signed
 * @param team whom a reader writes to when they answer
 * @param messageIdDomain the right side of message ids
 * @param docs where the pages behind buttons are
 * @param language of readers whose own is not known
 */
public record Sender(
        String from,
        String replyTo,
        String name,
        String team,
        String postalAddress,
        String messageIdDomain,
        Optional<URI> docs,
        Locale language) {}
