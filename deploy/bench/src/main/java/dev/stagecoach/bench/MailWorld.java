package dev.stagecoach.bench;

import dev.stagecoach.bench.OutreachBench.Memory;
import dev.stagecoach.bench.figures.CpuClock;
import dev.stagecoach.bench.figures.JavaMemory;
import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** outreach-service with real Kafka and PostgreSQL, and accounts on the day of their 30-day check-in, which goes to champions. */
final class MailWorld implements AutoCloseable {

    private static final int MEASURED = 100;
    private static final String PREVIEWED = "check-in-90-day";
    private static final String DATABASE = "outreach_bench";
    private static final LocalDate CLOSED_ON = LocalDate.parse("2025-02-03");
    private static final Instant BEFORE = CLOSED_ON.plusDays(29).atTime(12, 0).toInstant(ZoneOffset.UTC);
    private static final Instant DAY_30 = CLOSED_ON.plusDays(30).atTime(12, 0).toInstant(ZoneOffset.UTC);

    private final Bed bed;
    private final Bed.Started service;
    private final int smtpPort;
    private final int contacts;
    private final Connection database;
    private final KafkaProducer<String, byte[]> kafka;
    private final KafkaConsumer<byte[], byte[]> reader;
    private final List<Future<RecordMetadata>> published = new ArrayList<>();
    private int accounts;

    private MailWorld(Bed bed, Bed.Started service, int smtpPort, int contacts) {
        this.bed = bed;
        this.service = service;
        this.smtpPort = smtpPort;
        this.contacts = contacts;
        this.database = bed.connect(DATABASE);
        this.kafka = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bed.kafka(), ProducerConfig.LINGER_MS_CONFIG, 5),
                new StringSerializer(),
                new ByteArraySerializer());
        this.reader = EventLog.reader(bed.kafka());
    }

    /**
     * How it went.
     *
     * @param mails sent between the first look that found some and the last
     * @param walBytes what PostgreSQL wrote to its write-ahead log meanwhile
     */
    record Run(long mails, double seconds, Effort effort, long walBytes, List<Memory> memory) {}

    /** Processor seconds of all that take part; null where unknown. */
    record Effort(
            @Nullable Double service,
            @Nullable Double database,
            @Nullable Double broker,
            @Nullable Double sink) {}

    static MailWorld start(Bed bed, List<String> jvmOptions, int connections, int contacts) {
        int port = closedPort();
        var service = bed.start(
                Service.OUTREACH,
                jvmOptions,
                true,
                Map.of(
                        "quarkus.datasource.jdbc.url", bed.platform().jdbcUrl(DATABASE),
                        "quarkus.mailer.port", Integer.toString(port),
                        "stagecoach.outreach.sending.connections", Integer.toString(connections)));
        service.awaitReady();
        return new MailWorld(bed, service, port, contacts);
    }

    private static int closedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    int smtpPort() {
        return smtpPort;
    }

    /** Sends a few mails into files, and weighs them. */
    long meanMailBytes(Postfix postfix) {
        var directory = bed.scratch("mails");
        plan(MEASURED);
        var sink = postfix.sinkInto(bed, smtpPort, directory);
        CaughtUp.await("outreach-service", () -> ended() >= MEASURED);
        sink.destroy();
        sink.onExit().join();
        try (var files = Files.list(directory)) {
            var sizes = files.mapToLong(MailWorld::size).summaryStatistics();
            if (sizes.getCount() == 0) {
                throw new Complaint("smtp-sink has kept no mail in " + directory + ".");
            }
            return Math.round(sizes.getAverage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets so many more mails come up, and waits until they are planned. */
    void plan(int mails) {
        long before = count("select count(*) from delivery where contact is not null");
        for (int left = mails; left > 0; left -= contacts) {
            account("account-" + accounts++, Math.min(contacts, left));
        }
        tick(DAY_30);
        awaitPublished();
        CaughtUp.await("outreach-service", () -> {
            service.requireAlive();
            return count("select count(*) from delivery d join partition_clock c using (partition)"
                            + " where d.contact is not null and d.due_at <= c.now")
                    >= before + mails;
        });
        // What else was decided is told by then, and not counted among the mails.
        CaughtUp.await("outreach-service", () -> count("select count(*) from outbox") == 0);
    }

    /**
     * Waits until all are sent.
     *
     * @param sink who takes them
     * @param looks at the memory meanwhile
     * @throws Complaint if one is not
     */
    Run awaitAllSent(int mails, int looks, Process sink) {
        long before = told();
        CaughtUp.await("outreach-service", () -> told() > before);
        long first = told();
        var watch = new Stopwatch();
        long wal = writtenBytes();
        var cpu = CpuClock.start(Optional.of(service.process().process()));
        var databaseCpu = CpuClock.start(bed.platform().process(Part.POSTGRES));
        var brokerCpu = CpuClock.start(bed.platform().process(Part.KAFKA));
        var sinkCpu = CpuClock.start(Optional.of(sink.toHandle()));
        List<Memory> memory = new ArrayList<>();
        for (int look = 1; look <= looks; look++) {
            long until = (long) mails * look / looks;
            awaitSent(() -> told() >= before + until);
            if (look < looks) {
                memory.add(memory(until));
            }
        }
        awaitSent(() -> ended() >= MEASURED + mails);
        double seconds = watch.seconds();
        var effort = new Effort(cpu.seconds(), databaseCpu.seconds(), brokerCpu.seconds(), sinkCpu.seconds());
        var run = new Run(before + mails - first, seconds, effort, writtenBytes() - wal, memory);
        memory.add(memory(mails));
        long sent = count("select count(*) from delivery where state = 'sent'");
        if (sent != MEASURED + mails) {
            throw new Complaint(
                    "Of " + (MEASURED + mails) + " mails, " + sent + " were sent; there are: " + states() + ".");
        }
        return run;
    }

    /** Looks seldom: it is the broker that answers, and its processor time is measured. */
    private void awaitSent(BooleanSupplier yes) {
        boolean all = Patience.of(Duration.ofHours(2), Duration.ofMillis(250)).until(() -> {
            service.requireAlive();
            return yes.getAsBoolean();
        });
        if (!all) {
            throw new Complaint("outreach-service did not send the mails within two hours.");
        }
    }

    /** Whoever counts by SQL meanwhile reads the whole ledger each time, on a processor that is measured. */
    private long told() {
        return reader.endOffsets(EventLog.partitionsOf(Topics.OUTREACH_MESSAGES).toList()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long ended() {
        // Those for whom there is nobody were decided on too.
        return count("select count(*) from delivery where contact is not null and state not in ('planned', 'sending')");
    }

    private long writtenBytes() {
        return count("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
    }

    private String states() {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(
                        "select string_agg(state || ' ' || mails || coalesce(' (' || reason || ')', ''), ', ') from"
                                + " (select state, reason, count(*) mails from delivery group by 1, 2) states")) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "none";
        } catch (SQLException e) {
            throw new Complaint("PostgreSQL does not answer: " + e.getMessage() + ".", e);
        }
    }

    /** Asks who would get a campaign that none of the accounts had, twice: the first time its code is cold. */
    OutreachBench.Preview preview() {
        double first = previewSeconds();
        return new OutreachBench.Preview(
                accounts,
                first,
                previewSeconds(),
                JavaMemory.residentMb(service.process().process().pid()));
    }

    private double previewSeconds() {
        var request = HttpRequest.newBuilder(service.address().resolve("/v1/campaigns/" + PREVIEWED + "/preview"))
                .header("Authorization", "Bearer " + ServiceSettings.TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try {
            var watch = new Stopwatch();
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            double seconds = watch.seconds();
            if (answer.statusCode() != 200 || !answer.body().contains("\"accounts\":" + accounts)) {
                throw new Complaint(
                        "The preview was answered with " + answer.statusCode() + ": " + answer.body() + ".");
            }
            return seconds;
        } catch (IOException e) {
            throw new UncheckedIOException("the preview was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Memory memory(long mails) {
        var memory = JavaMemory.of(service.process().process().pid());
        return new Memory(mails, memory.heapMb(), memory.residentMb());
    }

    private long count(String sql) {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new Complaint("PostgreSQL does not answer: " + e.getMessage() + ".", e);
        }
    }

    private void account(String account, int contacts) {
        publish(
                EventType.ACCOUNT_FACTS,
                account,
                new AccountFacts(
                        account,
                        "Acme " + account,
                        Segment.DIGITAL,
                        List.of(Product.CODE_SEARCH),
                        100,
                        false,
                        null,
                        null,
                        CLOSED_ON,
                        CLOSED_ON.plusYears(1),
                        null,
                        ZoneOffset.UTC,
                        Owners.NONE,
                        List.of(),
                        null));
        publish(
                EventType.ACCOUNT_CONTACTS,
                account,
                new AccountContacts(
                        account,
                        IntStream.range(0, contacts)
                                .mapToObj(number -> new Contact(
                                        "champion-" + number,
                                        "Ana Ant",
                                        "champion-" + number + "@" + account + ".example",
                                        Set.of(Role.CHAMPION),
                                        null))
                                .toList()));
        publish(
                EventType.STAGE_CHANGED,
                account,
                new StageChanged(account, null, Stage.ADOPTING, BEFORE, new Reason("bench", List.of(), null, "1")));
    }

    private void awaitPublished() {
        kafka.flush();
        for (var record : published) {
            try {
                record.get();
            } catch (ExecutionException e) {
                throw new Complaint("Kafka did not take a record: " + e.getCause() + ".", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        published.clear();
    }

    private void tick(Instant at) {
        for (int partition = 0; partition < Topics.DEFAULT_PARTITIONS; partition++) {
            var tick = new Event<>(
                    DecisionId.of("tick", at, partition),
                    EventType.TIME_TICK,
                    Topics.TIME_TICKS,
                    "/bench",
                    null,
                    at,
                    null,
                    new TimeTick(at));
            published.add(kafka.send(EventCodec.toRecord(tick, partition)));
        }
    }

    private void publish(EventType type, String account, EventData data) {
        published.add(kafka.send(EventCodec.toRecord(
                Event.of(DecisionId.of(type, account, data), type, "/bench", account, BEFORE, null, data))));
    }

    @Override
    public void close() {
        kafka.close();
        reader.close();
        try {
            database.close();
        } catch (SQLException e) {
            throw new Complaint("PostgreSQL does not let go: " + e.getMessage() + ".", e);
        } finally {
            service.stop();
        }
    }
}
