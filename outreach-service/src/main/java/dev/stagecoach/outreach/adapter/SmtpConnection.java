package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.delivery.Reasons;
import dev.stagecoach.outreach.mail.Handover;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the mail server that knows how far a mail got: before the server has answered {@code DATA} it cannot have it; after
 * that only a reply tells.
 */
final class SmtpConnection extends SMTPTransport {
    private static final int DONE = 200;
    private static final int MORE = 300;
    /** The server closes its channel: not this mail's fault. */
    private static final int CLOSING = 421;
    /** 530 to 538 refuse our login, and with it every mail. */
    private static final int LOGIN_FROM = 530;

    private static final int LOGIN_TO = 538;
    private static final int LASTING = 500;
    private static final int REFUSAL = 400;

    private final Wire wire;
    private final Pulse pulse;
    private long usedAt = System.nanoTime();
    private int mails;
    private boolean usable = true;

    // Of the mail at hand.
    private Envelope envelope = new Envelope("", "");
    private BooleanSupplier mayHandOver = () -> false;
    private boolean dataBegun;
    /** When it was still ours to hand over, by the clock of the pulse. */
    private long permittedAt;

    private boolean decisive;
    private @Nullable Reply refusal;
    /** The reply to {@code DATA} or to the dot that ends it, whichever was said last; null as long as there is none. */
    private @Nullable Reply verdict;

    private @Nullable String withheld;

    /**
     * @param wire makes its socket
     * @param pulse says whether this process stood still
     */
    SmtpConnection(Session session, Wire wire, Pulse pulse) {
        super(session, new URLName("smtp", null, -1, null, null, null));
        this.wire = wire;
        this.pulse = pulse;
    }

    record Envelope(String from, String to) {}

    /** @param said in the server's words; what people see of it is {@link #text} */
    private record Reply(int code, @Nullable String said) {
        String text() {
            return said == null ? "no reply" : Reasons.inWordsOfOthers(said);
        }

        boolean isOk() {
            return code >= DONE && code < MORE;
        }

        Handover meaning() {
            if (code == CLOSING || (code >= LOGIN_FROM && code <= LOGIN_TO)) {
                return new Handover.Unreachable(text());
            }
            return code >= LASTING ? new Handover.Refused(text()) : new Handover.Postponed(text());
        }
    }

    /** Ends the attempt; the connection goes on. */
    private static final class Stopped extends MessagingException {
        private static final long serialVersionUID = 1L;

        Stopped(String reason) {
            super(reason);
        }
    }

    /** A mail as it goes over the wire. */
    private static final class Bytes extends MimeMessage {
        private final byte[] raw;

        Bytes(Session session, byte[] raw) {
            super(session);
            this.raw = raw;
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException {
            out.write(raw);
        }
    }

    /** Hands over a mail as {@link dev.stagecoach.outreach.Mailbox#send} promises. */
    Handover handOver(byte[] mail, Envelope to, BooleanSupplier permission) {
        envelope = to;
        mayHandOver = permission;
        dataBegun = false;
        refusal = null;
        verdict = null;
        withheld = null;
        mails++;
        try {
            sendMessage(new Bytes(session, mail), new Address[] {new InternetAddress(to.to(), false)});
            return new Handover.Accepted();
        } catch (Stopped e) {
            return judge(e);
        } catch (MessagingException e) {
            Handover handover = judge(e);
            usable = !(handover instanceof Handover.Doubtful) && isConnected();
            return handover;
        } finally {
            usedAt = System.nanoTime();
        }
    }

    private Handover judge(MessagingException failure) {
        if (withheld != null) {
            return new Handover.Withheld(withheld);
        }
        if (!dataBegun) {
            // Nothing of the mail was sent before the server asked for it.
            Reply said = refusal == null ? verdict : refusal;
            return said == null || said.code() < REFUSAL ? new Handover.Unreachable(describe(failure)) : said.meaning();
        }
        if (verdict != null && verdict.isOk()) {
            return new Handover.Accepted();
        }
        return verdict != null && verdict.code() >= REFUSAL
                ? verdict.meaning()
                : new Handover.Doubtful("the connection broke after DATA: " + describe(failure));
    }

    /** Whether another mail may go over it. */
    boolean isUsable() {
        return usable;
    }

    /** Whether it had been used before, and broke before anything of the last mail could be taken. */
    boolean wasStale() {
        return mails > 1 && !dataBegun;
    }

    boolean isIdleSince(long nanoTime) {
        return usedAt < nanoTime;
    }

    /** Sender and recipient, in one go if the server takes it. */
    @Override
    protected void mailFrom() throws MessagingException {
        boolean inOneGo = supportsExtension("PIPELINING");
        if (inOneGo) {
            wire.hold();
        }
        sendCommand("MAIL FROM:<" + envelope.from() + ">");
        wire.release();
        if (inOneGo) {
            sendCommand("RCPT TO:<" + envelope.to() + ">");
            Reply sender = reply();
            Reply recipient = reply();
            expectOk(sender);
            expectOk(recipient);
        } else {
            expectOk(reply());
            sendCommand("RCPT TO:<" + envelope.to() + ">");
            expectOk(reply());
        }
    }

    /** Has been said with {@link #mailFrom}. */
    @Override
    protected void rcptTo() {}

    private Reply reply() throws MessagingException {
        int code = readServerResponse();
        if (code < 0) {
            throw new MessagingException("the server hung up");
        }
        return new Reply(code, getLastServerResponse());
    }

    private void expectOk(Reply reply) throws MessagingException {
        if (!reply.isOk()) {
            refusal = reply;
            reset();
            throw new Stopped(reply.text());
        }
    }

    @Override
    protected OutputStream data() throws MessagingException {
        permittedAt = pulse.now();
        try {
            withheld = mayHandOver.getAsBoolean() ? null : "another sender has it";
        } catch (RuntimeException e) {
            withheld = describe(e);
        }
        if (withheld != null) {
            reset();
            throw new Stopped(withheld);
        }
        OutputStream content = super.data();
        dataBegun = true;
        // Until the dot.
        wire.hold();
        return content;
    }

    private void reset() {
        try {
            usable = new Reply(simpleCommand("RSET"), "").isOk();
        } catch (MessagingException e) {
            usable = false;
        }
    }

    /**
     * The dot that ends a mail makes it the server's. Whoever stood still before it may have been given up meanwhile, the mail been found
     * nowhere, and been sent again: it takes the mail back by hanging up, which is sure as long as the dot was not said.
     */
    private void takeBackAfterStandstill() throws MessagingException {
        if (pulse.stoodStillSince(permittedAt)) {
            withheld = "this process stood still while it handed the mail over";
            wire.cut();
            throw new MessagingException(withheld);
        }
    }

    @Override
    protected void sendCommand(String command) throws MessagingException {
        if (command.equals(".")) {
            takeBackAfterStandstill();
        }
        decisive = command.equals("DATA") || command.equals(".");
        if (decisive) {
            verdict = null;
            wire.release();
        }
        super.sendCommand(command);
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        int code = super.readServerResponse();
        if (decisive) {
            verdict = code < 0 ? null : new Reply(code, getLastServerResponse());
            decisive = false;
        }
        return code;
    }

    static String describe(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        Throwable cause = failure instanceof MessagingException wrapped ? wrapped.getNextException() : null;
        return Reasons.inWordsOfOthers(
                cause == null || cause.getMessage() == null ? message : message.strip() + ": " + cause.getMessage());
    }
}
