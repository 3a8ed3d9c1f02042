package dev.stagecoach.outreach.adapter;

import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Milestone;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.outreach.DueMail;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.ReceivedMail;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** What happens around outreach-service: other services, customers and time. Each has its own account, a year after the last, from a Monday on. */
final class World implements AutoCloseable {
    private static final AtomicInteger WORLDS = new AtomicInteger();
    private static final int PARTITIONS = 3;
    private static final Pattern LINK = Pattern.compile("https?://[^\\s>]+");

    final String account;
    private final int number;
    final LocalDate closedOn;
    private final Platform platform;
    private final DataSource database;
    private final KafkaProducer<String, byte[]> kafka;
    private Instant now;

    World(Platform platform, DataSource database) {
        this(platform, database, WORLDS.getAndIncrement(), "acme-");
        tick();
    }

    private World(Platform platform, DataSource database, int number, String name) {
        this.number = number;
        this.account = name + number;
        this.closedOn = LocalDate.parse("2025-02-03").plusWeeks(52L * number);
        this.now = closedOn.atTime(12, 0).toInstant(ZoneOffset.UTC);
        this.platform = platform;
        this.database = database;
        this.kafka = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private @Nullable String trace;

    /** Another account at the same time, on a partition of its own or not, as it happens. */
    World neighbour(String name) {
        return new World(platform, database, number, name + "-");
    }

    static Contact contact(String id, String account, Role... roles) {
        Set<Role> held = EnumSet.noneOf(Role.class);
        held.addAll(List.of(roles));
        return new Contact(id, "Ana " + id, id + "@" + account + ".example", held, null);
    }

    Contact contact(String id, Role... roles) {
        return contact(id, account, roles);
    }

    Instant now() {
        return now;
    }

    World at(LocalDate date) {
        now = date.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
        return tick();
    }

    World onDay(int day) {
        return onDay(day, LocalTime.NOON);
    }

    World onDay(int day, LocalTime time) {
        now = closedOn.plusDays(day).atTime(time).toInstant(ZoneOffset.UTC);
        return tick();
    }

    World tick() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Event<TimeTick> tick = new Event<>(
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
        return this;
    }

    World facts(Segment segment, Product... products) {
        return publish(
                EventType.ACCOUNT_FACTS,
                new AccountFacts(
                        account,
                        "Acme & Sons",
                        segment,
                        List.of(products),
                        100,
                        false,
                        null,
                        null,
                        closedOn,
                        closedOn.plusYears(1),
                        null,
                        ZoneOffset.UTC,
                        Owners.NONE,
                        List.of(),
                        null));
    }

    World contacts(Contact... contacts) {
        return publish(EventType.ACCOUNT_CONTACTS, new AccountContacts(account, List.of(contacts)));
    }

    World enters(Stage stage) {
        Reason reason = new Reason("test", List.of(), null, "1");
        return publish(EventType.STAGE_CHANGED, new StageChanged(account, null, stage, now, reason));
    }

    World firstPing() {
        return publish(EventType.FIRST_PING, new Milestone.FirstPing(account, now, "instance", "5.9.0"));
    }

    /** What happens from now on is part of a trace. */
    World tracedAs(String traceParent) {
        trace = traceParent;
        return this;
    }

    World recap(UsageRecap recap) {
        return publish(EventType.USAGE_RECAP, recap);
    }

    private World publish(EventType type, EventData data) {
        String id = DecisionId.of(type, account, now, data);
        send(Event.of(id, type, "/test", account, now, null, data).partOf(trace), null);
        return this;
    }

    private void send(Event<?> event, Integer partition) {
        try {
            kafka.send(EventCodec.toRecord(event, partition)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Mails to this account's people, in order of arrival. */
    List<ReceivedMail> mails() {
        return platform.mailbox().received().stream()
                .filter(mail -> mail.header("X-Stagecoach-Account").orElse("").equals(account))
                .toList();
    }

    World awaitMails(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> mails().size() >= count);
        return this;
    }

    /** Until the service has taken everything in, and nothing is due any more. */
    World settle() {
        Instant target = now;
        await().atMost(Duration.ofSeconds(30))
                .until(() -> clocksShow(target)
                        && count("select count(*) n from delivery d join partition_clock c using (partition)"
                                        + " where d.state = 'sending'"
                                        + " or (d.state = 'planned' and not d.held and d.due_at <= c.now)")
                                == 0);
        return this;
    }

    World awaitClocks() {
        Instant target = now;
        await().atMost(Duration.ofSeconds(30)).until(() -> clocksShow(target));
        return this;
    }

    /** As if the sender {@code another} were just sending this account's mail. */
    DueMail isBeingSentByAnother(String step) {
        return Jdbc.inTransaction(
                        database,
                        transaction -> Jdbc.query(
                                transaction,
                                """
                                update delivery set state = 'sending', claim = nextval('delivery_claim'), taken_by = 'another',
                                    taken_at = now()
                                where account = ? and step = ? returning *
                                """,
                                row -> new DueMail(
                                        row.getLong("claim"),
                                        Rows.delivery(row),
                                        Account.unknown(account, row.getInt("partition")),
                                        Optional.empty(),
                                        false,
                                        Map.of(),
                                        Optional.empty(),
                                        now,
                                        0),
                                account,
                                step))
                .get(0);
    }

    /** This account's only mail that is due, as this sender claims it; behind others when the service has tried it in vain. */
    DueMail claimedBy(JdbcDeliveries sender) {
        return await().until(
                        () -> sender.claim(Set.of(0, 1, 2), 1_000, Set.of()).stream()
                                .filter(mail -> mail.delivery().account().equals(account))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private boolean clocksShow(Instant target) {
        return Jdbc.inTransaction(
                                database,
                                transaction -> Jdbc.query(
                                        transaction,
                                        "select count(*) n from partition_clock where now >= ?",
                                        row -> row.getLong("n"),
                                        target))
                        .get(0)
                == PARTITIONS;
    }

    long count(String sql) {
        return Jdbc.inTransaction(database, transaction -> Jdbc.query(transaction, sql, row -> row.getLong("n")))
                .get(0);
    }

    /** The ledger of this account: {@code campaign step contact state[: reason]}. */
    List<String> ledger() {
        return Jdbc.inTransaction(
                database,
                transaction -> Jdbc.query(
                        transaction,
                        "select * from delivery where account = ? order by campaign, due_at, step, recipient",
                        row -> row.getString("campaign") + " " + row.getString("step") + " "
                                + row.getString("recipient") + " " + row.getString("state")
                                + (row.getString("reason") == null ? "" : ": " + row.getString("reason")),
                        account));
    }

    /** What the service told about this account on a topic, up to now. */
    List<Event<?>> told(String topic) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                platform.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                UUID.randomUUID().toString());
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Event<?>> events = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(100))) {
                    EventCodec.read(message).ifPresent(events::add);
                }
            }
            return events.stream()
                    .filter(event -> account.equals(event.account()))
                    .toList();
        } catch (UnreadableEventException e) {
            throw new AssertionError(e);
        }
    }

    /** A link in the words of a mail, as the mail has it, but on the port of this test. */
    static String linkIn(ReceivedMail mail, String path) {
        Matcher links = LINK.matcher(mail.text().orElseThrow());
        while (links.find()) {
            if (links.group().contains(path)) {
                return links.group()
                        .replaceFirst("http://localhost:\\d+", RestAssured.baseURI + ":" + RestAssured.port);
            }
        }
        throw new AssertionError("no link to " + path + " in\n" + mail.text().orElseThrow());
    }

    @Override
    public void close() {
        kafka.close();
    }
}
