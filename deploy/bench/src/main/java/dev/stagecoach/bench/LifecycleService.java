package dev.stagecoach.bench;

import dev.stagecoach.bench.figures.CpuClock;
import dev.stagecoach.bench.figures.ProcessMeter;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.platform.Part;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packaged lifecycle-service on an empty database, until its offsets there are those of the log. */
final class LifecycleService implements Contender {

    /** All that it reads. */
    static final List<String> TOPICS =
            List.of(Topics.TIME_TICKS, Topics.ACCOUNTS, Topics.USAGE_PINGS, Topics.USAGE_EVENTS);

    private final Bed bed;
    private final Input input;
    private final List<String> jvmOptions;

    LifecycleService(Bed bed, Input input, List<String> jvmOptions) {
        this.bed = bed;
        this.input = input;
        this.jvmOptions = jvmOptions;
    }

    @Override
    public String title() {
        return Service.LIFECYCLE.toString();
    }

    @Override
    public Run run(int number, Counts counts) {
        var database = "lifecycle_" + number;
        try (var books = new LifecycleBooks(bed, database)) {
            var run = run(books);
            counts.takeLifecycle(title(), books);
            return run;
        } finally {
            bed.drop(database);
        }
    }

    private Run run(LifecycleBooks books) {
        long written = books.writtenBytes();
        var broker = CpuClock.start(bed.platform().process(Part.KAFKA));
        var database = CpuClock.start(bed.platform().process(Part.POSTGRES));
        var watch = new Stopwatch();
        var service =
                bed.start(Service.LIFECYCLE, jvmOptions, true, Map.of("quarkus.datasource.jdbc.url", books.jdbcUrl()));
        try {
            CaughtUp.await(title(), () -> {
                service.requireAlive();
                return books.hasBegun();
            });
            double first = watch.seconds();
            CaughtUp.await(title(), () -> {
                service.requireAlive();
                return books.hasConsumed(input.ends());
            });
            double seconds = watch.seconds();
            var meter = new ProcessMeter(service.process().process());
            var databaseCpu = database.seconds();
            var brokerCpu = broker.seconds();
            double bytes = books.writtenBytes() - written;
            CaughtUp.await(title(), () -> {
                service.requireAlive();
                return books.hasPublishedAll();
            });
            return new Run(
                    title(),
                    input.shape().events(),
                    seconds,
                    seconds - first,
                    sum(meter.cpuSeconds(), databaseCpu),
                    databaseCpu,
                    brokerCpu,
                    meter.peakMemoryMb(),
                    bytes,
                    watch.seconds());
        } finally {
            service.stop();
        }
    }

    private static @Nullable Double sum(@Nullable Double a, @Nullable Double b) {
        return a == null || b == null ? null : a + b;
    }
}
