package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Mailbox;
import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.InlineImage;
import dev.stagecoach.outreach.mail.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/** The mail server, through Quarkus' mailer and its pool of connections. */
final class SmtpMailbox implements Mailbox {
    private static final int PROBE_MILLIS = 2_000;
    /** The server closes its channel: not this mail's fault. */
    private static final int CLOSING = 421;
    /** 530 to 538 refuse our login, and with it every mail. */
    private static final int LOGIN_FROM = 530;

    private static final int LOGIN_TO = 538;

    private final ReactiveMailer mailer;
    private final InetSocketAddress server;
    private final Duration timeout;

    SmtpMailbox(ReactiveMailer mailer, InetSocketAddress server, Duration timeout) {
        this.mailer = mailer;
        this.server = server;
        this.timeout = timeout;
    }

    @Override
    public Handover send(Mail mail) {
        try {
            mailer.send(toQuarkus(mail)).await().atMost(timeout);
            return new Handover.Accepted();
        } catch (RuntimeException e) {
            return judge(e);
        }
    }

    /** Whether somebody listens there. */
    boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHostString(), server.getPort()), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static io.quarkus.mailer.Mail toQuarkus(Mail mail) {
        io.quarkus.mailer.Mail message = new io.quarkus.mailer.Mail()
                .addTo(mail.to())
                .setFrom(mail.from())
                .addReplyTo(mail.replyTo())
                .setSubject(mail.subject())
                .setText(mail.text())
                .setHtml(mail.html());
        message.addHeader("Message-ID", mail.messageId());
        mail.headers().forEach(message::addHeader);
        for (InlineImage image : mail.images()) {
            message.addInlineAttachment(
                    image.contentId(), image.content(), image.type(), "<" + image.contentId() + ">");
        }
        return message;
    }

    /** Only what is certain is certain: anything that may have happened after the mail was handed over is a doubt. */
    static Handover judge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SMTPException reply) {
                return judge(reply);
            }
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return new Handover.Unreachable(describe(cause));
            }
            if (cause instanceof IllegalArgumentException) {
                return new Handover.Refused(describe(cause));
            }
        }
        return new Handover.Doubtful(describe(failure));
    }

    private static Handover judge(SMTPException reply) {
        int code = reply.getReplyCode();
        String reason = describe(reply);
        if (code == CLOSING || (code >= LOGIN_FROM && code <= LOGIN_TO)) {
            return new Handover.Unreachable(reason);
        }
        return reply.isPermanent() ? new Handover.Refused(reason) : new Handover.Postponed(reason);
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.strip();
    }
}
