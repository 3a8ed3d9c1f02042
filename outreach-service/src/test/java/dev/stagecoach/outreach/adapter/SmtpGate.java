package dev.stagecoach.outreach.adapter;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before the mail server, and can be shut: nobody listens then, and connections are cut. */
public final class SmtpGate implements QuarkusTestResourceLifecycleManager {
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket entrance;
    private int port;
    private volatile int server;

    @Override
    public int order() {
        // After the platform, whose port it replaces.
        return 1;
    }

    @Override
    public Map<String, String> start() {
        reopen();
        return Map.of("quarkus.mailer.port", Integer.toString(port));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, field -> field.getType() == SmtpGate.class);
    }

    /** Connections to another server are cut: they are kept for a while, and would lead mails past the new one. */
    void leadTo(int smtpPort) {
        if (server != smtpPort) {
            server = smtpPort;
            hangUp();
        }
    }

    /** Opens it again; nothing happens when it is open. */
    void reopen() {
        if (entrance != null && !entrance.isClosed()) {
            return;
        }
        try {
            entrance = new ServerSocket();
            entrance.setReuseAddress(true);
            entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            port = entrance.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSocket listening = entrance;
        daemon(() -> {
            while (true) {
                Socket outside = listening.accept();
                open.add(outside);
                daemon(() -> letThrough(outside));
            }
        });
    }

    /** Where nobody listens behind the gate, the visitor alone is turned away. */
    private void letThrough(Socket outside) throws IOException {
        try {
            Socket inside = new Socket(InetAddress.getLoopbackAddress(), server);
            open.add(inside);
            daemon(() -> pass(outside, inside));
            daemon(() -> pass(inside, outside));
        } catch (IOException e) {
            open.remove(outside);
            outside.close();
            throw e;
        }
    }

    void shut() {
        closeQuietly(entrance);
        hangUp();
    }

    private void hangUp() {
        open.forEach(SmtpGate::closeQuietly);
        open.clear();
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } finally {
            open.remove(from);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // The gate was shut, or somebody hung up.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            // Closed is closed.
        }
    }

    @Override
    public void stop() {
        shut();
    }
}
