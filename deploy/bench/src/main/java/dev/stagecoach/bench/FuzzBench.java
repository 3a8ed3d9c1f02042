package dev.stagecoach.bench;

import static dev.stagecoach.bench.Report.line;
import static dev.stagecoach.bench.Report.number;

import dev.stagecoach.bench.figures.JavaMemory;
import dev.stagecoach.bench.figures.Machine;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.platform.Part;
import dev.stagecoach.testing.fuzz.FuzzRun;
import dev.stagecoach.testing.fuzz.FuzzedRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stagecoach bench fuzz}. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        defaultValueProvider = IngestBench.Defaults.class,
        description = {
            "Sends usage-ingest bodies that nobody in his right mind sends: truncated, nested deeply, not UTF-8, with huge numbers and texts, zip bombs, to"
                    + " every path, with known and unknown keys. Exit code 1 if one is answered with an error of the service, or if it does not take good events afterwards."
        })
final class FuzzBench implements Callable<Integer> {

    private static final String METHOD =
            "Requests come of the seed and their number. Any answer is fine but an error of the service (5xx other than 503 with Retry-After), success for"
                    + " an unknown key, and none at all. After each quarter, the heap after a full collection and the resident memory are read, and a good event must be"
                    + " taken.";
    private static final int QUARTERS = 4;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(names = "--bodies", paramLabel = "N", description = "How many: ${DEFAULT-VALUE}.", defaultValue = "1000000")
    private int bodies;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "How many are under way at a time: ${DEFAULT-VALUE}.",
            defaultValue = "32")
    private int atOnce;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed makes the same bodies: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "The number of the first one, to see one of them again: ${DEFAULT-VALUE}.",
            defaultValue = "0")
    private long first;

    private final Place place;

    FuzzBench(Place place) {
        this.place = place;
    }

    /** After so many bodies. */
    private record Memory(long bodies, JavaMemory memory) {}

    /** All that there is to tell. */
    private record Result(
            String benchmark,
            Instant measuredAt,
            Machine machine,
            String method,
            List<String> jvmOptions,
            long seed,
            long first,
            int bodies,
            double seconds,
            Map<String, Long> answers,
            long wrong,
            List<String> examples,
            List<Memory> memory) {}

    @Override
    public Integer call() {
        options.check(spec);
        BenchOptions.requireAtLeast(spec, "--bodies", bodies, QUARTERS);
        BenchOptions.requireAtLeast(spec, "--at-once", atOnce, 1);
        Service.requireBuilt(place.home(), Service.INGEST);
        var machine = Machine.here();
        line(machine.toString());
        line("Seed %d.".formatted(seed));
        try (var bed = Bed.make(place, Set.of(Part.KAFKA))) {
            var service = bed.start(Service.INGEST, options.jvmOptions(), false, Map.of());
            try {
                service.awaitReady();
                return run(service, machine);
            } finally {
                service.stop();
            }
        }
    }

    private int run(Bed.Started service, Machine machine) {
        var fuzz = new FuzzRun(service.address(), new FuzzedRequests(seed, List.of(ServiceSettings.TOKEN)), atOnce);
        var memory = new ArrayList<Memory>();
        var watch = new Stopwatch();
        long sent = 0;
        for (int quarter = 1; quarter <= QUARTERS; quarter++) {
            long until = (long) bodies * quarter / QUARTERS;
            send(fuzz, first + sent, until - sent);
            sent = until;
            service.requireAlive();
            requireGood(service.address());
            var now = JavaMemory.of(service.process().process().pid());
            memory.add(new Memory(sent, now));
            line("%,d bodies, %.0f s: heap %s MB after collection, process %s MB; %s"
                    .formatted(
                            sent,
                            watch.seconds(),
                            number("%.0f", now.heapMb()),
                            number("%.0f", now.residentMb()),
                            fuzz.answers()));
        }
        fuzz.wrong().forEach(Report::line);
        line("%,d of %,d answers are none that the service may give.".formatted(fuzz.wrongInAll(), sent));
        Report.write(
                options.json(),
                new Result(
                        "fuzz",
                        Instant.now(),
                        machine,
                        METHOD,
                        options.jvmOptions(),
                        seed,
                        first,
                        bodies,
                        watch.seconds(),
                        fuzz.answers(),
                        fuzz.wrongInAll(),
                        fuzz.wrong(),
                        memory));
        return fuzz.wrongInAll() == 0 ? 0 : 1;
    }

    private static void send(FuzzRun fuzz, long first, long count) {
        try {
            fuzz.send(first, count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    private static void requireGood(URI service) {
        var request = HttpRequest.newBuilder(service.resolve("/v1/track"))
                .header("Authorization", "Bearer " + ServiceSettings.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"userId\":\"u1\",\"event\":\"search\",\"context\":{\"groupId\":\"harbor\"}}"))
                .build();
        try {
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 || !answer.body().contains("\"recorded\":1")) {
                throw new Complaint(
                        "A good event was answered with " + answer.statusCode() + ": " + answer.body() + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A good event was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }
}
