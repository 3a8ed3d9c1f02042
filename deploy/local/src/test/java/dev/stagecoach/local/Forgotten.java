package dev.stagecoach.local;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.local.sample.Company;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.ReceivedMail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Somebody of the sample who wants to be forgotten.
 *
 * @param others the contacts of the account without the person
 * @param helpLink where the person can ask for help
 */
record Forgotten(String account, String contact, String address, List<Contact> others, String helpLink) {

    /** A webhook was sent the person's words, and complains of them in its own. */
    static final String QUOTED_BY_A_RECEIVER = """
            insert into webhook_endpoint (name, state, problem) values ('quoting', 'parked', '422: no Write to vera@example.com here');
            insert into webhook_delivery (endpoint, message, body, state)
            values ('quoting', 'quoted', 'Write to vera@example.com', 'failed');
            insert into webhook_attempt (delivery, number, at, status, answer, took_millis)
            select id, 1, now(), 422, 'no ' || body || ' here', 3 from webhook_delivery where message = 'quoted';
            """;

    private static final Pattern HELP = Pattern.compile("https?://\\S+/help/\\S+");
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    static Forgotten whoGot(String campaign, List<ReceivedMail> mails) {
        var mail = mails.stream()
                .filter(candidate ->
                        candidate.header("X-Stagecoach-Campaign").orElse("").equals(campaign))
                .findFirst()
                .orElseThrow();
        var address = mail.recipients().get(0);
        var company = LocalStack.wholeSample().companies().stream()
                .filter(candidate -> candidate.contactByAddress(address).isPresent())
                .findFirst()
                .orElseThrow();
        return new Forgotten(
                company.id(),
                company.contactByAddress(address).orElseThrow(),
                address,
                others(company, address),
                HELP.matcher(mail.text().orElseThrow())
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .orElseThrow());
    }

    private static List<Contact> others(Company company, String address) {
        return company.contactsOn(company.contacts().lastKey()).orElseThrow().stream()
                .filter(contact -> !contact.email().equals(address))
                .toList();
    }

    /** Tells the account's contacts, and what one of them answered, in ways that no service can read; each is complained of in other words. */
    void tellUnreadably(String bootstrapServers) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new StringSerializer())) {
            tell(producer, EventType.ACCOUNT_CONTACTS, "{\"contacts\": [{\"email\": \"" + address + "\"");
            tell(producer, EventType.ACCOUNT_CONTACTS, "{\"contacts\": [{\"roles\": [\"" + address + "\"]}]}");
            tell(producer, EventType.HELP_REQUESTED, "{\"comment\": \"Write to " + address + "\"");
        }
    }

    private void tell(KafkaProducer<String, String> producer, EventType type, String value)
            throws ExecutionException, InterruptedException {
        var told = new ProducerRecord<>(type.topic(), account, value);
        EventHeaders.TYPE.write(told.headers(), type.wireName());
        producer.send(told).get();
    }

    /** What docs/operating.md has people run in the database of alerts-service. */
    static String runbookSql(Path home) throws IOException {
        var page = Files.readString(home.resolve("docs/operating.md"), StandardCharsets.UTF_8);
        var runbook = page.substring(page.indexOf("\n## Erase a person\n"));
        var sql = SQL.matcher(runbook);
        if (!sql.find()) {
            throw new IllegalStateException("the runbook has no SQL");
        }
        return sql.group(1);
    }

    void run(String sql, Platform platform) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        platform.jdbcUrl("alerts"), platform.databaseUser(), platform.databasePassword());
                var statement = connection.createStatement()) {
            statement.execute(sql.replace("vera@example.com", address)
                    .replace("'acme'", "'" + account + "'")
                    .replace("'c-1'", "'" + contact + "'"));
        }
    }
}
