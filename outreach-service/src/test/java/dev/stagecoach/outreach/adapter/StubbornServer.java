package dev.stagecoach.outreach.adapter;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that hangs up, or says what it is told to say, at a stage of the conversation. */
final class StubbornServer implements Closeable {
    /** Where in the conversation; {@link #CONTENT} is after some of the content, {@link #DOT} after all of it. */
    enum Stage {
        GREETING,
        EHLO,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        CONTENT,
        DOT
    }

    private final ServerSocket entrance;
    private final Map<Stage, String> replies = new ConcurrentHashMap<>();
    private final Set<Stage> cuts = ConcurrentHashMap.newKeySet();
    private final Set<String> detested = ConcurrentHashMap.newKeySet();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile String extensions = "";
    private volatile SSLContext encryption;

    StubbornServer() {
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(() -> {
            while (true) {
                Socket client = entrance.accept();
                open.add(client);
                daemon(() -> converse(client));
            }
        });
    }

    int port() {
        return entrance.getLocalPort();
    }

    StubbornServer hangsUpAt(Stage stage) {
        cuts.add(stage);
        return this;
    }

    /** Whenever this recipient is named. */
    StubbornServer hangsUpOn(String recipient) {
        detested.add(recipient.toUpperCase(Locale.ROOT));
        return this;
    }

    StubbornServer says(Stage stage, String reply) {
        replies.put(stage, reply);
        return this;
    }

    StubbornServer offers(String extension) {
        extensions = extensions + "250-" + extension + "\r\n";
        return this;
    }

    StubbornServer encryptsWith(SSLContext context) {
        encryption = context;
        return offers("STARTTLS");
    }

    void behaves() {
        replies.clear();
        cuts.clear();
    }

    /** Closes all connections, as servers do with idle ones. */
    void hangUpOnAll() {
        open.forEach(StubbornServer::closeQuietly);
    }

    /** What it took, as it came. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    /** All commands. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    private void converse(Socket client) throws IOException {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            if (answer(client, Stage.GREETING, "220 here")) {
                talk(client, in);
            }
        } finally {
            open.remove(client);
        }
    }

    private void talk(Socket client, BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            if (encryption != null && line.equalsIgnoreCase("STARTTLS")) {
                say(client, "220 go on");
                encrypt(client);
                return;
            }
            if (!obey(client, line.toUpperCase(Locale.ROOT), in)) {
                return;
            }
        }
    }

    private void encrypt(Socket client) throws IOException {
        try (SSLSocket encrypted = (SSLSocket) encryption
                .getSocketFactory()
                .createSocket(client, client.getInetAddress().getHostAddress(), client.getPort(), true)) {
            encrypted.setUseClientMode(false);
            encrypted.startHandshake();
            talk(
                    encrypted,
                    new BufferedReader(new InputStreamReader(encrypted.getInputStream(), StandardCharsets.ISO_8859_1)));
        }
    }

    private boolean obey(Socket client, String command, BufferedReader in) throws IOException {
        if (command.startsWith("EHLO")) {
            return answer(client, Stage.EHLO, "250-here\r\n" + extensions + "250 HELP");
        }
        if (command.startsWith("MAIL")) {
            return answer(client, Stage.MAIL, "250 ok");
        }
        if (detested.stream().anyMatch(command::contains)) {
            return false;
        }
        if (command.startsWith("RCPT")) {
            return answer(client, Stage.RCPT, "250 ok");
        }
        if (command.startsWith("DATA")) {
            return data(client, in);
        }
        if (command.startsWith("AUTH")) {
            return answer(client, Stage.AUTH, "235 welcome");
        }
        say(client, "250 ok");
        return !command.startsWith("QUIT");
    }

    private boolean data(Socket client, BufferedReader in) throws IOException {
        if (!answer(client, Stage.DATA, "354 go on")) {
            return false;
        }
        if (replies.containsKey(Stage.DATA)) {
            return true;
        }
        StringBuilder mail = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            // What is not ended by a dot is no mail.
            if (line == null || cuts.contains(Stage.CONTENT)) {
                return false;
            }
            mail.append(line).append("\r\n");
        }
        if (!replies.containsKey(Stage.DOT)) {
            mails.add(mail.toString());
        }
        return answer(client, Stage.DOT, "250 taken");
    }

    private boolean answer(Socket client, Stage stage, String usual) throws IOException {
        if (cuts.contains(stage)) {
            return false;
        }
        say(client, replies.getOrDefault(stage, usual));
        return true;
    }

    private static void say(Socket client, String reply) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // Somebody hung up.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // Closed is closed.
        }
    }

    @Override
    public void close() {
        closeQuietly(entrance);
        hangUpOnAll();
    }
}
