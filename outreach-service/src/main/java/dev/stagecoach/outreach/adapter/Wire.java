package dev.stagecoach.outreach.adapter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the socket of one connection. SMTP is a conversation of short lines: it sends at once what it is given. What needs no answer of its
 * own can be held back, and goes together with what comes after.
 */
final class Wire extends SocketFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    /** A mail without pictures fits in. */
    private static final int ROOM = 32 * 1024;

    private boolean holding;
    private @Nullable Socket line;

    /** From here on, nothing needs to be sent at once. */
    void hold() {
        holding = true;
    }

    /** What comes next is to be sent, with all that was held back. */
    void release() {
        holding = false;
    }

    /** Hangs up at once. What was held back is never sent. */
    void cut() {
        try {
            if (line != null) {
                line.close();
            }
        } catch (IOException e) {
            LOG.debug("hung up on from the other side", e);
        }
    }

    private final class Line extends Socket {
        Line() throws SocketException {
            setTcpNoDelay(true);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new Outgoing(super.getOutputStream());
        }
    }

    /** Sends by itself: Jakarta Mail, where it watches how long that takes, does not say when. */
    private final class Outgoing extends BufferedOutputStream {
        Outgoing(OutputStream out) {
            super(out, ROOM);
        }

        @Override
        public synchronized void write(int b) throws IOException {
            super.write(b);
            send();
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) throws IOException {
            super.write(bytes, from, length);
            send();
        }

        private void send() throws IOException {
            if (!holding) {
                super.flush();
            }
        }

        /** Not before {@link #release}. */
        @Override
        public synchronized void flush() throws IOException {
            send();
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        line = new Line();
        return line;
    }

    // Jakarta Mail asks for none that is connected already.

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }
}
