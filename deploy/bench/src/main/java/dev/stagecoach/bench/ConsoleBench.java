package dev.stagecoach.bench;

import static dev.stagecoach.bench.Report.line;
import static dev.stagecoach.bench.Report.number;

import dev.stagecoach.bench.figures.Machine;
import dev.stagecoach.bench.figures.Percentiles;
import dev.stagecoach.local.process.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stagecoach bench console}. */
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description = {
            "How long the console takes with many accounts: its answers, searched, filtered and sorted, and the first paint in a browser."
        })
final class ConsoleBench implements Callable<Integer> {

    private static final String METHOD =
            "alerts-service reads facts, stage, usage and health of all accounts from Kafka, and raises the alerts that come of"
                    + " them. Each view is then asked for so many times after a warm-up, from so many connections at once, and measured from"
                    + " the request to the last byte of the answer. The browser loads the portfolio each time with an empty cache, and tells"
                    + " its first contentful paint, counted from the start of the navigation.";

    /** What people look at, by the address that shows it. */
    private static final List<String> VIEWS = List.of(
            "/",
            "/?page=50",
            "/?q=harbor",
            "/?stage=Adopting&health=poor",
            "/?owner=ta-07%40team.example.com",
            "/?renews=60&sort=renews",
            "/?sort=utilization&dir=desc",
            "/?sort=name",
            "/alerts",
            "/portfolio.csv");

    private static final int WARM_UP = 200;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "How many accounts: ${DEFAULT-VALUE}.",
            defaultValue = "10000")
    private int accounts;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "How often each view is asked for: ${DEFAULT-VALUE}.",
            defaultValue = "500")
    private int requests;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "How many ask at once: ${DEFAULT-VALUE}.",
            defaultValue = "2")
    private int atOnce;

    @Option(
            names = "--paints",
            paramLabel = "N",
            description = "How often the browser loads the portfolio: ${DEFAULT-VALUE}.",
            defaultValue = "20")
    private int paints;

    @Option(
            names = "--browser",
            paramLabel = "FILE",
            description = "Chromium: ${DEFAULT-VALUE}. Without it, paints are not measured.",
            defaultValue = "/usr/bin/chromium")
    private Path browser;

    private final Place place;

    ConsoleBench(Place place) {
        this.place = place;
    }

    /** @param bytes the size of an answer */
    record View(String address, long bytes, Percentiles millis) {}

    /**
     * All that there is to tell.
     *
     * @param secondsToRead until all accounts stood in the portfolio, from the start of the service
     * @param firstPaintMillis null without a browser
     */
    private record Result(
            String benchmark,
            Instant measuredAt,
            Machine machine,
            String method,
            List<String> jvmOptions,
            int accounts,
            long alerts,
            int atOnce,
            double secondsToRead,
            List<View> views,
            @Nullable Percentiles firstPaintMillis) {}

    @Override
    public Integer call() {
        options.check(spec);
        BenchOptions.requireAtLeast(spec, "--accounts", accounts, 100);
        BenchOptions.requireAtLeast(spec, "--requests", requests, 1);
        BenchOptions.requireAtLeast(spec, "--at-once", atOnce, 1);
        BenchOptions.requireAtLeast(spec, "--paints", paints, 1);
        Service.requireBuilt(place.home(), Service.ALERTS);
        var machine = Machine.here();
        line(machine.toString());
        try (var bed = Bed.make(place);
                var world = PortfolioWorld.start(bed, options.jvmOptions(), accounts)) {
            line("%,d accounts and %,d alerts after %.1f s."
                    .formatted(accounts, world.alerts(), world.secondsToRead()));
            line("%-36s | %8s | %8s %8s %8s %8s".formatted("", "bytes", "p50 ms", "p95 ms", "p99 ms", "most"));
            var views = views(world);
            var firstPaint = firstPaint(world);
            Report.write(
                    options.json(),
                    new Result(
                            "console",
                            Instant.now(),
                            machine,
                            METHOD,
                            options.jvmOptions(),
                            accounts,
                            world.alerts(),
                            atOnce,
                            world.secondsToRead(),
                            views,
                            firstPaint));
        }
        return 0;
    }

    private List<View> views(PortfolioWorld world) {
        VIEWS.forEach(address -> world.ask(address, WARM_UP, atOnce));
        var views = new ArrayList<View>();
        for (var address : VIEWS) {
            var view = world.ask(address, requests, atOnce);
            views.add(view);
            line("%-36s | %,8d | %8.1f %8.1f %8.1f %8.1f"
                    .formatted(
                            address,
                            view.bytes(),
                            view.millis().p50(),
                            view.millis().p95(),
                            view.millis().p99(),
                            view.millis().max()));
        }
        return views;
    }

    private @Nullable Percentiles firstPaint(PortfolioWorld world) {
        if (!Files.isExecutable(browser)) {
            line("There is no browser %s: first paint not measured.".formatted(browser));
            return null;
        }
        var millis = FirstPaint.measure(browser, world.address().resolve("/"), paints);
        line("First contentful paint of %d loads: p50 %s ms, p95 %s ms, at most %s ms."
                .formatted(
                        paints,
                        number("%.0f", millis.p50()),
                        number("%.0f", millis.p95()),
                        number("%.0f", millis.max())));
        return millis;
    }
}
