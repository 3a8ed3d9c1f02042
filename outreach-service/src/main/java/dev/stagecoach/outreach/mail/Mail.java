package dev.stagecoach.outreach.mail;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mail, ready to hand over.
 *
 * @param messageId with angle brackets
 * @param to one address, with the name
 * @param headers beyond those that have a place of their own
 */
public record Mail(
        String messageId,
        String from,
        String replyTo,
        String to,
        String subject,
        String text,
        String html,
        Map<String, String> headers) {
    public Mail {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
