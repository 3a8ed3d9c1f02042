package dev.stagecoach.bench;

import dev.stagecoach.bench.figures.CpuClock;
import dev.stagecoach.bench.figures.ProcessMeter;
import dev.stagecoach.bench.rival.StreamsMain;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.platform.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;

/** The Kafka Streams program in {@code rival}, until its group has committed the whole of {@code usage.events}. */
final class StreamsProgram implements Contender {

    private final Bed bed;
    private final Input input;
    private final List<String> jvmOptions;
    private final String guarantee;
    private final int commitMillis;

    /** @param guarantee as in Kafka Streams' setting: {@code exactly_once_v2} or {@code at_least_once} */
    StreamsProgram(Bed bed, Input input, List<String> jvmOptions, String guarantee, int commitMillis) {
        this.bed = bed;
        this.input = input;
        this.jvmOptions = jvmOptions;
        this.guarantee = guarantee;
        this.commitMillis = commitMillis;
    }

    @Override
    public String title() {
        return "kafka-streams " + guarantee;
    }

    @Override
    public Run run(int number, Counts counts) {
        var application = guarantee.replace('_', '-') + "-" + number;
        var files = bed.scratch(application);
        try (var admin =
                Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bed.kafka()))) {
            Files.createDirectories(files);
            var run = run(application, files, admin, counts);
            deleteTopics(admin, application);
            FileUtils.deleteDirectory(files.toFile());
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Run run(String application, Path files, Admin admin, Counts counts) throws IOException {
        var broker = CpuClock.start(bed.platform().process(Part.KAFKA));
        var dump = files.resolve("counts.csv");
        var watch = new Stopwatch();
        var process = bed.java(
                jvmOptions,
                StreamsMain.class.getName(),
                List.of(
                        bed.kafka(),
                        application,
                        guarantee,
                        Integer.toString(commitMillis),
                        files.toString(),
                        dump.toString()),
                "streams");
        try (var answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
            var first = CompletableFuture.supplyAsync(() -> secondsAtFirst(answers, watch));
            CaughtUp.await(title(), () -> {
                requireAlive(process);
                return hasCommittedAll(admin, application);
            });
            double seconds = watch.seconds();
            var meter = new ProcessMeter(process.toHandle());
            var run = new Run(
                    title(),
                    input.shape().events(),
                    seconds,
                    seconds - first.join(),
                    meter.cpuSeconds(),
                    null,
                    broker.seconds(),
                    meter.peakMemoryMb(),
                    null,
                    null);
            orders.write(StreamsMain.DUMP + "\n");
            orders.flush();
            require(StreamsMain.DUMPED, answers.readLine());
            counts.take(title(), dump);
            return run;
        } finally {
            process.destroy();
            process.onExit().join();
            bed.processes().remove(process.toHandle());
        }
    }

    private double secondsAtFirst(BufferedReader answers, Stopwatch watch) {
        try {
            require(StreamsMain.FIRST, answers.readLine());
            return watch.seconds();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void require(String expected, String answer) {
        if (!expected.equals(answer)) {
            throw failed();
        }
    }

    private void requireAlive(Process process) {
        if (!process.isAlive()) {
            throw failed();
        }
    }

    private Complaint failed() {
        return new Complaint("The Kafka Streams program failed: see " + bed.log("streams") + ".");
    }

    private boolean hasCommittedAll(Admin admin, String application) {
        var committed = get(admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .toCompletableFuture());
        return EventLog.partitionsOf(Topics.USAGE_EVENTS).allMatch(partition -> {
            var offset = committed.get(partition);
            return (offset == null ? 0 : offset.offset()) >= end(partition);
        });
    }

    private long end(TopicPartition partition) {
        return input.ends().getOrDefault(partition, 0L);
    }

    /** The changelogs, which would be in the way of the disk and of the next run. */
    private static void deleteTopics(Admin admin, String application) {
        var topics = get(admin.listTopics().names().toCompletionStage().toCompletableFuture()).stream()
                .filter(topic -> topic.startsWith(application + "-"))
                .toList();
        get(admin.deleteTopics(topics).all().toCompletionStage().toCompletableFuture());
    }

    private static <T> T get(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new Complaint("Kafka does not answer: " + e.getCause() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }
}
