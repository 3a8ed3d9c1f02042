package dev.stagecoach.outreach.adapter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Makes the socket of one connection. SMTP is a conversation of short lines: it sends at once what it is given. What needs no answer of its
 * own can be held back, and goes together with what comes after.
 */
final class Wire extends SocketFactory {
    /** A mail without pictures fits in. */
    private static final int ROOM = 32 * 1024;

    private boolean holding;

    /** From here on, nothing needs to be sent at once. */
    void hold() {
        holding = true;
    }

    /** What comes next is to be sent, with all that was held back. */
    void release() {
        holding = false;
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
        return new Line();
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
