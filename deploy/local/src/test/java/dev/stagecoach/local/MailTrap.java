package dev.stagecoach.local;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A mail server that stops, or hangs up, at a chosen stage of the conversation, and remembers what it was given. */
final class MailTrap implements AutoCloseable {

    /** Where in the conversation; {@link #CONTENT} is after the first line of it, {@link #DOT} after the last. */
    enum Stage {
        GREETING,
        EHLO,
        MAIL,
        RCPT,
        DATA,
        CONTENT,
        DOT;

        boolean isAfterData() {
            return compareTo(DATA) >= 0;
        }

        /** The server has asked for the content, and may have some. */
        boolean isAfterContent() {
            return compareTo(CONTENT) >= 0;
        }
    }

    private static final String SENDER = "MAIL FROM:<BOUNCES+";

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final int port = OwnPorts.next();
    private @Nullable ServerSocket entrance;

    // Guarded by this.
    private @Nullable Stage holding;
    private @Nullable Stage cutting;
    private int held;
    private int cutsLeft;
    private int replies;
    private int takenBack;

    MailTrap() {
        reopen();
    }

    int port() {
        return port;
    }

    /** Nobody listens any more. */
    void shut() {
        closeQuietly(entrance);
        hangUpOnAll();
    }

    void reopen() {
        try {
            var listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            entrance = listening;
            daemon(() -> {
                while (true) {
                    var client = listening.accept();
                    open.add(client);
                    daemon(() -> converse(client));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who gets to this stage gets no answer until {@link #letGo}. */
    synchronized void holdAt(Stage stage) {
        holding = stage;
        held = 0;
    }

    synchronized int held() {
        return held;
    }

    synchronized void letGo() {
        holding = null;
        notifyAll();
    }

    /** Hangs up on the next who get to this stage, so many times. */
    void cutAt(Stage stage, int times) {
        synchronized (this) {
            cutting = stage;
            cutsLeft = times;
        }
        hangUpOnAll();
    }

    synchronized int cutsLeft() {
        return cutsLeft;
    }

    /** Replies to the end of a mail so far. */
    synchronized int replies() {
        return replies;
    }

    /** Mails so far that the server had asked for, and whose end never came: this or the other side hung up. */
    synchronized int takenBack() {
        return takenBack;
    }

    /** The deliveries of all mails that came in completely, as often as they did, by the sender on their envelopes. */
    List<String> received() {
        return List.copyOf(received);
    }

    /** The deliveries of all mails for which {@code DATA} was said. */
    Set<String> begun() {
        return Set.copyOf(begun);
    }

    private void hangUpOnAll() {
        open.forEach(MailTrap::closeQuietly);
    }

    private void converse(Socket client) throws IOException {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            var delivery = "";
            boolean goOn = answer(client, Stage.GREETING, "220 trap");
            while (goOn) {
                var line = in.readLine();
                if (line == null) {
                    return;
                }
                var command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("EHLO")) {
                    goOn = answer(client, Stage.EHLO, "250-trap\r\n250 8BITMIME");
                } else if (command.startsWith("MAIL")) {
                    delivery = deliveryOf(line);
                    goOn = answer(client, Stage.MAIL, "250 ok");
                } else if (command.startsWith("RCPT")) {
                    goOn = answer(client, Stage.RCPT, "250 ok");
                } else if (command.equals("DATA")) {
                    begun.add(delivery);
                    goOn = answer(client, Stage.DATA, "354 go on") && take(client, in, delivery);
                } else {
                    say(client, "250 ok");
                    goOn = !command.equals("QUIT");
                }
            }
        } finally {
            open.remove(client);
        }
    }

    private boolean take(Socket client, BufferedReader in, String delivery) throws IOException {
        boolean whole = false;
        try {
            var line = in.readLine();
            if (line != null && !pass(Stage.CONTENT)) {
                return false;
            }
            while (line != null && !line.equals(".")) {
                line = in.readLine();
            }
            whole = line != null;
        } finally {
            // Also when the connection is reset, as it is by a client that has not read what was said to it.
            if (!whole) {
                synchronized (this) {
                    takenBack++;
                }
            }
        }
        if (!whole) {
            return false;
        }
        received.add(delivery);
        boolean answered = answer(client, Stage.DOT, "250 taken");
        synchronized (this) {
            replies++;
        }
        return answered;
    }

    private static String deliveryOf(String line) {
        if (!line.toUpperCase(Locale.ROOT).startsWith(SENDER)) {
            throw new IllegalStateException("not an envelope sender of ours: " + line);
        }
        var id = line.substring(SENDER.length(), line.indexOf('.'));
        return id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private boolean answer(Socket client, Stage stage, String reply) throws IOException {
        if (!pass(stage)) {
            return false;
        }
        say(client, reply);
        return true;
    }

    private synchronized boolean pass(Stage stage) {
        if (stage == cutting && cutsLeft > 0) {
            cutsLeft--;
            return false;
        }
        if (stage == holding) {
            held++;
            awaitLetGo();
        }
        return true;
    }

    private synchronized void awaitLetGo() {
        try {
            while (holding != null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(Socket client, String reply) throws IOException {
        client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        var thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // Somebody hung up.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(@Nullable Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            // Closed is closed.
        }
    }

    @Override
    public void close() {
        shut();
        letGo();
    }
}
