package dev.stagecoach.platform;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns what GreenMail received into a {@link ReceivedMail}. */
final class MailReader {

    private MailReader() {}

    static ReceivedMail read(MovingMessage received) {
        var message = received.getMessage();
        try {
            return new ReceivedMail(
                    received.getReturnPath().getEmail(),
                    received.getToAddresses().stream()
                            .map(MailAddress::getEmail)
                            .sorted()
                            .toList(),
                    Optional.ofNullable(message.getSubject()).orElse(""),
                    headers(message),
                    body(message, "text/plain"),
                    body(message, "text/html"),
                    raw(message));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("an unreadable mail from " + received.getReturnPath(), e);
        }
    }

    private static Map<String, List<String>> headers(MimeMessage message)
            throws MessagingException, UnsupportedEncodingException {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>())
                    .add(MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
        }
        return headers;
    }

    private static Optional<String> body(Part part, String type) throws MessagingException, IOException {
        if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return Optional.empty();
        }
        if (part.isMimeType(type)) {
            return Optional.of(part.getContent().toString());
        }
        if (!part.isMimeType("multipart/*")) {
            return Optional.empty();
        }
        var parts = (Multipart) part.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            var found = body(parts.getBodyPart(i), type);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static byte[] raw(MimeMessage message) throws MessagingException, IOException {
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return bytes.toByteArray();
    }
}
