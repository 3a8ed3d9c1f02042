package dev.stagecoach.platform;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mail as the SMTP server received it.
 *
 * @param from the envelope's sender
 * @param recipients the envelope's recipients, sorted
 * @param subject decoded; empty if there is none
 * @param headers decoded and unfolded; looked up in any case
 * @param text the first text/plain part that is not an attachment
 * @param html the first text/html part that is not an attachment
 * @param raw the message on the wire, after a {@code Return-Path} and a {@code Received} line of the server's own
 */
@SuppressWarnings("ArrayRecordComponent") // identity is what two mails are compared by: the same bytes can arrive twice
public record ReceivedMail(
        String from,
        List<String> recipients,
        String subject,
        Map<String, List<String>> headers,
        Optional<String> text,
        Optional<String> html,
        byte[] raw) {

    public ReceivedMail {
        recipients = List.copyOf(recipients);
        var anyCase = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> anyCase.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(anyCase);
    }

    /** The first value of the header with this name, in any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    @Override
    public String toString() {
        return "ReceivedMail[" + recipients + ": " + subject + "]";
    }
}
