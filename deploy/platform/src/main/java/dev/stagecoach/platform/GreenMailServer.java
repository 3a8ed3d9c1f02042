package dev.stagecoach.platform;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GreenMail in this JVM: accepts any recipient by SMTP, and any user with any password by IMAP. */
final class GreenMailServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GreenMailServer.class);
    /** GreenMail's own 2 s are short when three servers start on two cores. */
    private static final long STARTUP_TIMEOUT_MS = 30_000;

    private final Mailbox mailbox = new Mailbox();
    private final GreenMail greenMail;

    private GreenMailServer(GreenMail greenMail) {
        this.greenMail = greenMail;
    }

    static GreenMailServer start(PlatformOptions options) {
        var greenMail = new GreenMail(new ServerSetup[] {
            setup(options.smtpPort(), ServerSetup.PROTOCOL_SMTP), setup(options.imapPort(), ServerSetup.PROTOCOL_IMAP)
        });
        greenMail.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        var server = new GreenMailServer(greenMail);
        greenMail.getUserManager().setMessageDeliveryHandler(server.new Delivery());
        try {
            greenMail.start();
        } catch (RuntimeException e) {
            greenMail.stop();
            throw new PlatformException("The mail server did not start.", e);
        }
        return server;
    }

    private static ServerSetup setup(int port, String protocol) {
        var setup = new ServerSetup(port, Loopback.ADDRESS, protocol);
        setup.setServerStartupTimeout(STARTUP_TIMEOUT_MS);
        return setup;
    }

    int smtpPort() {
        return greenMail.getSmtp().getPort();
    }

    int imapPort() {
        return greenMail.getImap().getPort();
    }

    Mailbox mailbox() {
        return mailbox;
    }

    @Override
    public void close() {
        greenMail.stop();
    }

    /** Notes each mail once it is stored for all its recipients. GreenMail delivers one mail at a time. */
    private final class Delivery implements MessageDeliveryHandler {

        private @Nullable MovingMessage current;
        private int stored;

        @Override
        public GreenMailUser handle(MovingMessage message, MailAddress recipient) throws UserException {
            var imapUser = imapUser(recipient.getEmail());
            return new UserImpl(
                    imapUser, imapUser, imapUser, greenMail.getManagers().getImapHostManager()) {
                @Override
                public void deliver(MovingMessage delivered) {
                    super.deliver(delivered);
                    storedForOneMore(delivered);
                }
            };
        }

        private String imapUser(String address) throws UserException {
            var users = greenMail.getUserManager();
            var known = users.getUserByEmail(address);
            if (known != null) {
                return known.getEmail();
            }
            try {
                users.createUser(address, address, address);
            } catch (IllegalStateException e) {
                // GreenMail names the folder by the hash code of the address: one of two that collide does without.
                LOG.warn("No IMAP folder of its own for {}", address, e);
            }
            return address;
        }

        private void storedForOneMore(MovingMessage message) {
            if (message != current) {
                current = message;
                stored = 0;
            }
            if (++stored == message.getToAddresses().size()) {
                current = null;
                mailbox.add(MailReader.read(message));
            }
        }
    }
}
