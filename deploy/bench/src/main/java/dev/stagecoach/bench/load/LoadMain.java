package dev.stagecoach.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagecoach.events.EventCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The load as a process. Its arguments are the address, the write key, a file with one event a line, how many events a request has, how
 * many connections there are, and the seed of the ids. Each line that it reads is a phase, {@code closed SECONDS} or {@code open SECONDS
 * REQUESTS-PER-SECOND}, which it answers, when all of its requests are answered, with a line: the {@link Tally} as JSON.
 */
public final class LoadMain {

    private LoadMain() {}

    /** Ends when there is no more line. */
    public static void main(String[] arguments) throws IOException {
        var address = URI.create(arguments[0]);
        var events = Files.readAllLines(Path.of(arguments[2])).stream()
                .map(line -> line.getBytes(UTF_8))
                .toList();
        var requests = Requests.of(
                address, arguments[1], events, Integer.parseInt(arguments[3]), Long.parseLong(arguments[5]));
        try (var load = Load.connect(address, Integer.parseInt(arguments[4]), requests);
                var phases = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (var line = phases.readLine(); line != null; line = phases.readLine()) {
                var tally = run(load, line.split(" ", -1));
                System.out.println(EventCodec.json().writeValueAsString(tally));
                System.out.flush();
            }
        }
    }

    private static Tally run(Load load, String[] phase) {
        double seconds = Double.parseDouble(phase[1]);
        return "open".equals(phase[0]) ? load.open(seconds, Double.parseDouble(phase[2])) : load.closed(seconds);
    }
}
