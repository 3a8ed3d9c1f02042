package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.mail.InlineImage;
import dev.stagecoach.outreach.mail.Mail;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.PreencodedMimeBodyPart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;
import org.eclipse.angus.mail.util.MailStreamProvider;

/** Mails as they go over the wire: text and HTML as alternatives, pictures beside the HTML. */
final class MimeMails {
    private static final int ROOM = 32 * 1024;
    /** RFC 5321 takes 998 bytes. */
    private static final int LONGEST_LINE = 900;

    private static final String MAILBOX_LINE = "From ";
    private static final String STREAMS = "jakarta.mail.util.StreamProvider";

    static {
        // Named, Jakarta Mail takes it; else it searches all jars for one, anew for each part of each mail.
        if (System.getProperty(STREAMS) == null) {
            System.setProperty(STREAMS, MailStreamProvider.class.getName());
        }
    }

    private final Session session;
    private final InstantSource clock;
    private final Signing signing;

    MimeMails(Session session, Signing signing, InstantSource clock) {
        this.session = session;
        this.clock = clock;
        this.signing = signing;
    }

    /** Keeps the {@code Message-ID} that the mail has. */
    private static final class Named extends MimeMessage {
        private final String id;

        Named(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /**
     * The bytes of a mail.
     *
     * @param to whom it goes to
     * @throws MessagingException when it cannot be written: an address that is none, for instance
     */
    byte[] write(Mail mail, InternetAddress to) throws MessagingException {
        MimeMessage message = new Named(session, mail.messageId());
        message.setFrom(address(mail.from()));
        message.setReplyTo(new InternetAddress[] {address(mail.replyTo())});
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        for (Map.Entry<String, String> header : mail.headers().entrySet()) {
            message.setHeader(header.getKey(), inOneLineOfAscii(header.getValue()));
        }
        message.setContent(new MimeMultipart(
                "alternative",
                text(mail.text(), "plain"),
                mail.images().isEmpty() ? text(mail.html(), "html") : withImages(mail)));
        message.saveChanges();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ROOM);
        try {
            signing.sign(message).writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The one address in this header, with or without a name.
     *
     * @throws MessagingException when it is none, without saying it: reasons are told to others
     */
    static InternetAddress address(String header) throws MessagingException {
        InternetAddress[] addresses = InternetAddress.parse(header, true);
        if (addresses.length != 1) {
            throw new MessagingException("its address is not one address");
        }
        InternetAddress address = addresses[0];
        address.validate();
        address.setAddress(inAscii(address.getAddress()));
        address.validate();
        try {
            address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
        } catch (java.io.UnsupportedEncodingException e) {
            throw new UncheckedIOException(e);
        }
        return address;
    }

    /** As every server takes it. Domains of other letters have such a form; what is before the at sign has none. */
    private static String inAscii(String address) throws MessagingException {
        int at = address.lastIndexOf('@');
        String local = address.substring(0, at);
        String domain = address.substring(at + 1);
        if (!isAscii(local)) {
            throw new MessagingException("its address has other letters than those of ASCII before the at sign");
        }
        try {
            return isAscii(domain) ? address : local + "@" + IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw new MessagingException("the domain of its address is none", e);
        }
    }

    private static boolean isAscii(String text) {
        return isAscii(text, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String inOneLineOfAscii(String value) {
        try {
            return MimeUtility.encodeText(value.replaceAll("[\\r\\n]+", " "), StandardCharsets.UTF_8.name(), null);
        } catch (java.io.UnsupportedEncodingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MimeBodyPart text(String content, String subtype) throws MessagingException {
        String lines = content.replace("\r\n", "\n").replace("\n", "\r\n");
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        boolean plain = isAscii(lines, bytes) && goesAsItIs(lines);
        String encoding = plain ? "7bit" : "quoted-printable";
        MimeBodyPart part = new PreencodedMimeBodyPart(encoding);
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(
                plain ? bytes : quotedPrintable(bytes), "text/" + subtype + "; charset=UTF-8")));
        // Said here, or Jakarta Mail looks through the content for what would be best.
        part.setHeader("Content-Transfer-Encoding", encoding);
        return part;
    }

    /** In UTF-8, whatever is not ASCII takes several bytes. */
    private static boolean isAscii(String text, byte[] utf8) {
        return utf8.length == text.length();
    }

    /**
     * Whether no server on the way has a reason to change it, nor a signature to break: no line longer than SMTP takes, and none that a
     * mailbox file would mark because mails begin with such a line there. Searched line by line, which Java does many bytes at a time.
     */
    private static boolean goesAsItIs(String lines) {
        int start = 0;
        while (start < lines.length()) {
            int lineFeed = lines.indexOf('\n', start);
            int end = lineFeed < 0 ? lines.length() : lineFeed;
            if (end - start > LONGEST_LINE || lines.startsWith(MAILBOX_LINE, start)) {
                return false;
            }
            start = end + 1;
        }
        return lines.indexOf('\0') < 0;
    }

    /** By mime4j, whose encoder takes a third of the time of Jakarta Mail's. */
    private static byte[] quotedPrintable(byte[] plain) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(plain.length + plain.length / 8);
        try (QuotedPrintableOutputStream out = new QuotedPrintableOutputStream(encoded, false)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }

    private static MimeBodyPart withImages(Mail mail) throws MessagingException {
        MimeMultipart related = new MimeMultipart("related", text(mail.html(), "html"));
        for (InlineImage image : mail.images()) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(image.content(), image.type())));
            part.setContentID("<" + image.contentId() + ">");
            part.setDisposition(Part.INLINE);
            related.addBodyPart(part);
        }
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(related);
        return part;
    }
}
