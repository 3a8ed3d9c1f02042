package dev.stagecoach.platform;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A plain client of the mail server. */
final class Mails {

    private final Platform platform;

    Mails(Platform platform) {
        this.platform = platform;
    }

    void send(String subject, String... recipients) throws MessagingException {
        Transport.send(mail(subject, recipients));
    }

    /** A mail in plain text and HTML, as campaigns send them. */
    MimeMessage mail(String subject, String... recipients) throws MessagingException {
        var text = new MimeBodyPart();
        text.setText("Grüße", "UTF-8");
        var html = new MimeBodyPart();
        html.setContent("<p>Grüße</p>", "text/html; charset=UTF-8");
        var mail = new MimeMessage(smtp());
        mail.setFrom("success@example.com");
        mail.setRecipients(Message.RecipientType.TO, InternetAddress.parse(String.join(",", recipients)));
        mail.setSubject(subject, "UTF-8");
        mail.setHeader("X-Stagecoach-Campaign", "training");
        mail.setContent(new MimeMultipart("alternative", text, html));
        return mail;
    }

    private Session smtp() {
        var settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(platform.smtpPort()));
        return Session.getInstance(settings);
    }

    /** The subjects of what is in the recipient's inbox, by IMAP. */
    List<String> subjectsInInboxOf(String address) throws MessagingException {
        var subjects = new ArrayList<String>();
        try (var store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", platform.imapPort(), address, "any password");
            try (var inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                for (var message : inbox.getMessages()) {
                    subjects.add(message.getSubject());
                }
            }
        }
        return subjects;
    }
}
