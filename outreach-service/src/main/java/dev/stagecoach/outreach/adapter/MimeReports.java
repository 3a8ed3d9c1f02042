package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.bounce.Bounce;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports on the delivery of mails (RFC 3464). Whatever else comes to the same mailbox is none. */
final class MimeReports {
    /** Where servers write the address on the envelope; the last resort is what the sender wrote. */
    private static final List<String> RECIPIENTS =
            List.of("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To");

    private MimeReports() {}

    /** What a report says of a mail; empty when it is no report, or not one of a mail that came back. */
    static Optional<Bounce> bounce(Message message) throws MessagingException, IOException {
        if (!message.isMimeType("multipart/report") || !(message.getContent() instanceof Multipart parts)) {
            return Optional.empty();
        }
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.isMimeType("message/delivery-status") || part.isMimeType("message/global-delivery-status")) {
                return bounce(part);
            }
        }
        return Optional.empty();
    }

    /** The first of the recipients that failed; a mail of ours has one. */
    private static Optional<Bounce> bounce(Part status) throws MessagingException, IOException {
        try (InputStream in = new BufferedInputStream(status.getInputStream())) {
            // About the message as a whole.
            new InternetHeaders(in);
            while (hasMore(in)) {
                InternetHeaders recipient = new InternetHeaders(in);
                Optional<Bounce> bounce = Bounce.reported(
                        value(recipient, "Action"),
                        value(recipient, "Status"),
                        value(recipient, "Diagnostic-Code").replaceFirst("(?i)^smtp;\\s*", ""));
                if (bounce.isPresent()) {
                    return bounce;
                }
            }
            return Optional.empty();
        }
    }

    private static boolean hasMore(InputStream in) throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next >= 0;
    }

    private static String value(InternetHeaders headers, String name) {
        @Nullable String value = headers.getHeader(name, null);
        return value == null ? "" : value.replaceAll("\\s+", " ").strip();
    }

    /** The addresses that a message may have come to. */
    static List<String> recipients(Message message) throws MessagingException {
        List<String> recipients = new ArrayList<>();
        for (String header : RECIPIENTS) {
            String[] values = message.getHeader(header);
            for (String value : values == null ? new String[0] : values) {
                for (InternetAddress address : InternetAddress.parseHeader(value, false)) {
                    if (address.getAddress() != null) {
                        recipients.add(address.getAddress());
                    }
                }
            }
        }
        return recipients;
    }
}
