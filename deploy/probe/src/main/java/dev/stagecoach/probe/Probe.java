package dev.stagecoach.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Asks the service in the same container whether it is ready, for engines that know no probes over HTTP but run a command. The images need neither a shell nor
 * another program for that. It knows nothing but sockets, since each use starts a JVM: an HTTP client would take twice the time.
 */
public final class Probe {

    private static final int TIMEOUT_MILLIS = 3000;
    private static final String REQUEST = "GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n";
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private Probe() {}

    /** Ends with 0 when the service at {@code QUARKUS_HTTP_PORT} is ready and with 1 otherwise, and prints what the service said. */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        System.exit(isReady(port, System.out) ? 0 : 1);
    }

    static boolean isReady(int port, PrintStream out) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(REQUEST.getBytes(UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            out.println(answer.substring(answer.indexOf(END_OF_HEADERS) + END_OF_HEADERS.length()));
            return answer.startsWith("HTTP/1.0 200 ") || answer.startsWith("HTTP/1.1 200 ");
        } catch (IOException e) {
            out.println("Port " + port + " does not answer: " + e.getMessage());
            return false;
        }
    }
}
