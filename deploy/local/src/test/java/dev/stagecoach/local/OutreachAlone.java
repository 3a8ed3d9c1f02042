package dev.stagecoach.local;

import static org.awaitility.Awaitility.await;

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
import dev.stagecoach.local.process.Readiness;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceProcess;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.process.TopicSetup;
import dev.stagecoach.platform.Mailbox;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The packaged outreach-service in a process of its own, with real Kafka and PostgreSQL, and a mail server that can be told to stop. */
final class OutreachAlone implements AutoCloseable {

    static final int CONNECTIONS = 4;
    static final LocalDate CLOSED_ON = LocalDate.parse("2025-02-03");

    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATABASE = "outreach";

    final MailTrap mails = new MailTrap();
    private final StateDirectory state;
    private final Platform platform = Platform.start(PlatformOptions.forTests(Part.values()));
    private final KafkaProducer<String, byte[]> kafka;
    private final int port = OwnPorts.next();
    private final int otherPort = OwnPorts.next();
    private Instant now = CLOSED_ON.atTime(12, 0).toInstant(ZoneOffset.UTC);
    private @Nullable ServiceProcess process;
    private @Nullable ServiceProcess other;

    OutreachAlone(Path directory) {
        Service.requireBuilt(LocalStack.HOME, Service.OUTREACH);
        state = StateDirectory.open(directory);
        TopicSetup.createMissing(platform.bootstrapServers());
        kafka = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Starts it, and returns when it is ready. */
    void start() {
        start(Map.of());
    }

    void start(Map<String, String> more) {
        var replica = new Replica(Service.OUTREACH, 1);
        process = launch(replica, log(), more);
        awaitReady(replica, running(), port, log());
    }

    /** Starts a second one beside it, and returns when that is ready. */
    void startAnother() {
        var replica = new Replica(Service.OUTREACH, 2);
        var log = state.logs().resolve(replica + ".log");
        other = launch(replica, log, Map.of("quarkus.http.port", Integer.toString(otherPort)));
        awaitReady(replica, other, otherPort, log);
    }

    private ServiceProcess launch(Replica replica, Path log, Map<String, String> more) {
        var settings = ServiceSettings.of(replica, port, true, platform);
        settings.put("quarkus.mailer.port", Integer.toString(mails.port()));
        settings.put("stagecoach.outreach.sending.connections", Integer.toString(CONNECTIONS));
        settings.putAll(more);
        return ServiceProcess.start(
                replica.toString(),
                Service.OUTREACH.jar(LocalStack.HOME),
                JVM_OPTIONS,
                settings,
                log,
                state.processes());
    }

    private static void awaitReady(Replica replica, ServiceProcess process, int port, Path log) {
        Readiness.await(replica.toString(), loopback(port), log, () -> {
            if (!process.isAlive()) {
                throw new Complaint(replica + " has ended unexpectedly; its log is " + log + ".");
            }
        });
    }

    Path log() {
        return state.logs().resolve("outreach-service.log");
    }

    void kill() {
        running().kill();
        process = null;
    }

    /** It does nothing any more, without knowing it, until {@link #thaw}. */
    void freeze() {
        running().freeze();
    }

    void thaw() {
        running().thaw();
    }

    URI address() {
        return loopback(port);
    }

    /** Of the one of {@link #startAnother}. */
    URI addressOfTheOther() {
        return loopback(otherPort);
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private ServiceProcess running() {
        return Objects.requireNonNull(process, "outreach-service does not run");
    }

    /** An account that has just entered Onboarding, whose admins are to be written to. */
    void customer(String account, int admins) {
        publish(
                EventType.ACCOUNT_FACTS,
                account,
                new AccountFacts(
                        account,
                        "Acme",
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
                        IntStream.range(0, admins)
                                .mapToObj(number -> new Contact(
                                        "admin-" + number,
                                        "Ana Ant",
                                        "admin-" + number + "@" + account + ".example",
                                        Set.of(Role.INSTANCE_ADMIN),
                                        null))
                                .toList()));
        publish(
                EventType.STAGE_CHANGED,
                account,
                new StageChanged(account, null, Stage.ONBOARDING, now, new Reason("test", List.of(), null, "1")));
        tick();
    }

    /** Noon of a day after the contract began. */
    void onDay(int day) {
        now = CLOSED_ON.plusDays(day).atTime(12, 0).toInstant(ZoneOffset.UTC);
        tick();
    }

    /** The minutes up to a time of that day pass, in steps. */
    void timePasses(LocalTime until, Duration step) {
        var end = now.atZone(ZoneOffset.UTC).toLocalDate().atTime(until).toInstant(ZoneOffset.UTC);
        while (now.isBefore(end)) {
            now = now.plus(step);
            tick();
        }
    }

    private void tick() {
        for (int partition = 0; partition < Topics.DEFAULT_PARTITIONS; partition++) {
            var tick = new Event<>(
                    DecisionId.of("tick", now, partition),
                    EventType.TIME_TICK,
                    Topics.TIME_TICKS,
                    "/test",
                    null,
                    now,
                    null,
                    new TimeTick(now));
            send(tick, partition);
        }
    }

    private void publish(EventType type, String account, EventData data) {
        send(Event.of(DecisionId.of(type, account, now, data), type, "/test", account, now, null, data), null);
    }

    private void send(Event<?> event, @Nullable Integer partition) {
        try {
            kafka.send(EventCodec.toRecord(event, partition)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where whole mails come in, and can be read, when {@code quarkus.mailer.port} is this instead of that of {@link #mails}. */
    int wholeMailsPort() {
        return platform.smtpPort();
    }

    Mailbox wholeMails() {
        return platform.mailbox();
    }

    /** The state of each mail of these accounts that is due, by delivery. */
    Map<String, String> ledger(String accounts) {
        return query(
                "select d.id, d.state from delivery d join partition_clock c using (partition)"
                        + " where d.account like ? and d.due_at <= c.now",
                accounts);
    }

    /** The Message-ID of each mail of an account that is in doubt, by delivery. */
    Map<String, String> messageIdsOfDoubtful(String account) {
        return query(
                "select id, coalesce(message_id, '') from delivery where account = ? and state = 'unknown'", account);
    }

    Map<String, String> query(String sql, String parameter) {
        try (var connection = database();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                var found = new TreeMap<String, String>();
                while (rows.next()) {
                    found.put(rows.getString(1), rows.getString(2));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until so many mails of these accounts are due, and each has come to an end. */
    void awaitEnds(String accounts, int mails) {
        await().atMost(PATIENCE).until(() -> {
            var ledger = ledger(accounts);
            return ledger.size() == mails
                    && ledger.values().stream()
                            .allMatch(state ->
                                    !Set.of("planned", "claimed", "sending").contains(state));
        });
    }

    /** Waits until so many mails of these accounts are due. */
    void awaitDue(String accounts, int mails) {
        await().atMost(PATIENCE).until(() -> ledger(accounts).size() == mails);
    }

    Connection database() throws SQLException {
        return database(platform.databaseUser(), platform.databasePassword());
    }

    Connection database(String user, String password) throws SQLException {
        return DriverManager.getConnection(platform.jdbcUrl(DATABASE), user, password);
    }

    /** Keeps the database as it is now, under another name. Nobody may be using it. */
    void backup() {
        administer("drop database if exists backup", "create database backup template " + DATABASE);
    }

    /** Puts the database back to what it was at the last {@link #backup}. */
    void restore() {
        administer("drop database " + DATABASE, "create database " + DATABASE + " template backup");
    }

    /** Does these as a superuser. */
    void administer(String... commands) {
        try (var connection = DriverManager.getConnection(
                        platform.jdbcUrl("postgres"), platform.databaseUser(), platform.databasePassword());
                var statement = connection.createStatement()) {
            for (var command : commands) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (other != null) {
            other.kill();
        }
        if (process != null) {
            kill();
        }
        kafka.close();
        mails.close();
        platform.close();
        state.close();
    }
}
