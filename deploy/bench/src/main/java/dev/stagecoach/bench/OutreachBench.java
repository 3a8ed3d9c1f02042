package dev.stagecoach.bench;

import static dev.stagecoach.bench.Report.line;
import static dev.stagecoach.bench.Report.number;

import dev.stagecoach.bench.figures.CpuClock;
import dev.stagecoach.bench.figures.Machine;
import dev.stagecoach.local.process.Service;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stagecoach bench outreach}. */
@Command(
        name = "outreach",
        mixinStandardHelpOptions = true,
        description = {
            "How many mails a second outreach-service hands over, its ledger written, beside what Postfix' own smtp-source does"
                    + " on as many connections to the same smtp-sink with mails of the same size. Needs Debian's package postfix."
        })
final class OutreachBench implements Callable<Integer> {

    private static final String METHOD =
            "outreach-service has planned one mail for each of so many contacts, so many to an account, while nobody"
                    + " listened where its mail server is to be. Then smtp-sink begins to listen there. The clock starts with the first mail"
                    + " that the ledger has as sent, and stops when it has all. Each mail is claimed, rendered, marked durably right before DATA,"
                    + " recorded, and told on outreach.messages, where they are counted. Afterwards smtp-source sends as many mails of the mean size, over as many"
                    + " connections, each kept for the next mail, to the same smtp-sink.";
    private static final int LOOKS = 4;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--mails",
            paramLabel = "N",
            description = "How many mails: ${DEFAULT-VALUE}.",
            defaultValue = "20000")
    private int mails;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "How many connections each of the two has: ${DEFAULT-VALUE}.",
            defaultValue = "8")
    private int connections;

    @Option(
            names = "--contacts",
            paramLabel = "N",
            description = "How many contacts an account has: ${DEFAULT-VALUE}.",
            defaultValue = "100")
    private int contacts;

    private final Place place;

    OutreachBench(Place place) {
        this.place = place;
    }

    /**
     * What the service used when so many mails were sent.
     *
     * @param heapMb in use after a full collection
     * @param memoryMb of the process, as the operating system counts it
     */
    record Memory(
            long mails, @Nullable Double heapMb, @Nullable Double memoryMb) {}

    /**
     * A preview of another campaign over all accounts, with its totals and the first hundred accounts.
     *
     * @param seconds until answered, for the first time and then again
     * @param memoryMb resident after that
     */
    record Preview(
            int accounts,
            double seconds,
            double secondsAgain,
            @Nullable Double memoryMb) {}

    /** Processor time of the two that make the ceiling, in milliseconds a mail. */
    private record Effort(@Nullable Double source, @Nullable Double sink) {}

    /**
     * All that there is to tell.
     *
     * @param mailBytes the mean size of a mail
     * @param seconds from the first mail that the ledger had as sent to the last; the time that full collections took, of which there
     *     are some for the sake of {@code memory}, is part of it
     * @param ceilingSeconds what smtp-source took
     * @param ratio mails a second of the service to those of smtp-source
     * @param cpuSeconds from the first mail to the last
     */
    private record Result(
            String benchmark,
            Instant measuredAt,
            Machine machine,
            String method,
            List<String> jvmOptions,
            int mails,
            int connections,
            int contacts,
            long mailBytes,
            double seconds,
            double mailsPerSecond,
            double ceilingSeconds,
            double ceilingMailsPerSecond,
            double ratio,
            MailWorld.Effort cpuSeconds,
            MailWorld.Effort cpuMillisPerMail,
            Effort ceilingCpuMillisPerMail,
            double walBytesPerMail,
            List<Memory> memory,
            Preview preview) {}

    @Override
    public Integer call() {
        options.check(spec);
        BenchOptions.requireAtLeast(spec, "--mails", mails, 1_000);
        BenchOptions.requireAtLeast(spec, "--connections", connections, 1);
        BenchOptions.requireAtLeast(spec, "--contacts", contacts, 1);
        Service.requireBuilt(place.home(), Service.OUTREACH);
        var postfix = Postfix.find();
        var machine = Machine.here();
        line(machine.toString());
        try (var bed = Bed.make(place);
                var world = MailWorld.start(bed, options.jvmOptions(), connections, contacts)) {
            long bytes = world.meanMailBytes(postfix);
            world.plan(mails);
            var sink = postfix.sink(bed, world.smtpPort());
            var run = world.awaitAllSent(mails, LOOKS, sink);
            var sinkCpu = CpuClock.start(Optional.of(sink.toHandle()));
            var ceiling = postfix.send(bed, world.smtpPort(), connections, mails, bytes);
            var effort = new Effort(perMail(ceiling.cpuSeconds(), mails), perMail(sinkCpu.seconds(), mails));
            sink.destroy();
            tell(machine, bytes, run, ceiling.seconds(), effort, world.preview());
        }
        return 0;
    }

    private static @Nullable Double perMail(@Nullable Double seconds, long mails) {
        return seconds == null ? null : seconds * 1000 / mails;
    }

    private static MailWorld.Effort perMail(MailWorld.Effort seconds, long mails) {
        return new MailWorld.Effort(
                perMail(seconds.service(), mails),
                perMail(seconds.database(), mails),
                perMail(seconds.broker(), mails),
                perMail(seconds.sink(), mails));
    }

    private static String millis(@Nullable Double millis) {
        return number("%.3f", millis);
    }

    private void tell(
            Machine machine,
            long bytes,
            MailWorld.Run run,
            double ceilingSeconds,
            Effort ceilingEffort,
            Preview preview) {
        double rate = run.mails() / run.seconds();
        double ceiling = mails / ceilingSeconds;
        double walBytes = (double) run.walBytes() / run.mails();
        var effort = perMail(run.effort(), run.mails());
        line("%,d mails of %,d bytes, %d connections.".formatted(mails, bytes, connections));
        line("| | mails/s | seconds | of the ceiling |");
        line("|---|---|---|---|");
        line("| smtp-source | %,.0f | %.1f | 1 |".formatted(ceiling, ceilingSeconds));
        line("| outreach-service | %,.0f | %.1f | %.2f |".formatted(rate, run.seconds(), rate / ceiling));
        line(
                "Processor time a mail, ms: %s outreach-service, %s PostgreSQL, %s Kafka, %s smtp-sink; at the ceiling %s smtp-source, %s smtp-sink."
                        .formatted(
                                millis(effort.service()),
                                millis(effort.database()),
                                millis(effort.broker()),
                                millis(effort.sink()),
                                millis(ceilingEffort.source()),
                                millis(ceilingEffort.sink())));
        line("PostgreSQL wrote %,.0f bytes a mail to its write-ahead log.".formatted(walBytes));
        for (var memory : run.memory()) {
            line("After %,d mails: heap %s MB, process %s MB."
                    .formatted(memory.mails(), number("%.0f", memory.heapMb()), number("%.0f", memory.memoryMb())));
        }
        line("A preview over %,d accounts: %.2f s, and %.2f s again; process %s MB."
                .formatted(
                        preview.accounts(),
                        preview.seconds(),
                        preview.secondsAgain(),
                        number("%.0f", preview.memoryMb())));
        Report.write(
                options.json(),
                new Result(
                        "outreach",
                        Instant.now(),
                        machine,
                        METHOD,
                        options.jvmOptions(),
                        mails,
                        connections,
                        contacts,
                        bytes,
                        run.seconds(),
                        rate,
                        ceilingSeconds,
                        ceiling,
                        rate / ceiling,
                        run.effort(),
                        effort,
                        ceilingEffort,
                        walBytes,
                        run.memory(),
                        preview));
    }
}
