package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stagecoach.local.process.Service;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/compose.yaml} on a container engine: an account goes its way through all services, and nothing of it is lost with the containers. */
@EnabledIfSystemProperty(
        named = "compose",
        matches = ".*",
        disabledReason = "needs a container engine with Docker Compose; -Dcompose says that there is one")
class ComposeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String READER = "ana@acme.example.com";
    private static final Set<DayOfWeek> QUIET_DAYS = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    /** Mails wait for the day where their readers are. */
    private static final Optional<ZoneId> DAYTIME = daytime();

    @TempDir
    private static Path directory;

    private static ComposedStack stack;

    @BeforeAll
    static void comesUpHealthy() {
        stack = new ComposedStack(directory, Path.of("target/compose.log"));
        timed("Images were made", stack::build);
        timed("All was healthy", stack::up);
    }

    @AfterAll
    static void leavesNothing() {
        stack.close();
    }

    @Test
    void anAccountGoesItsWayAndNothingOfItIsLostWithTheContainers() {
        // Given
        var program = new LocalApi(stack::uri, stack.apiToken(), "none");
        tellOfAcme(program);
        var api = new LocalApi(stack::uri, stack.apiToken(), newWriteKey(program));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() ->
                        api.track(use("u1", "code-search")).path("recorded").asInt() == 1);
        api.ping(Map.of("instance", "acme-1", "version", "6.1.0", "activeUsers", Map.of("day", 3, "month", 8)));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(historyTypes(api)).contains("stage-changed", "first-ping", "feature-first-used");
            assertThat(alertKinds(api)).contains("stage-changed", "feature-first-used");
            assertThat(welcome(api).path("state").asText()).isEqualTo(DAYTIME.isPresent() ? "sent" : "planned");
        });
        assertThat(stack.subjectsOfMailsTo(READER)).hasSize(DAYTIME.isPresent() ? 1 : 0);
        var why = api.get(Service.LIFECYCLE, "/v1/accounts/acme/why");
        var history = api.get(Service.LIFECYCLE, "/v1/accounts/acme/history");
        var alerts = api.get(Service.ALERTS, "/v1/alerts?account=acme");
        var welcome = welcome(api);
        System.out.print(stack.figures());

        // When
        timed("All was stopped and removed", stack::down);
        timed("All was healthy again", stack::up);

        // Then
        assertThat(why.path("stage").asText()).isEqualTo("Onboarding");
        assertThat(api.get(Service.LIFECYCLE, "/v1/accounts/acme/why").path("decision"))
                .isEqualTo(why.path("decision"));
        assertThat(api.get(Service.LIFECYCLE, "/v1/accounts/acme/history")).containsAll(history);
        assertThat(api.get(Service.ALERTS, "/v1/alerts?account=acme").path("alerts"))
                .containsAll(alerts.path("alerts"));
        // The key is still good, and what is told goes on counting.
        api.track(use("u2", "cody"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(alertKinds(api))
                        .filteredOn("feature-first-used"::equals)
                        .hasSize(2));
        // The mail catcher has forgotten its mails: a second one to this reader would stand there alone.
        assertThat(welcome(api)).isEqualTo(welcome);
        assertThat(stack.subjectsOfMailsTo(READER)).isEmpty();
    }

    private static void tellOfAcme(LocalApi program) {
        program.put(
                Service.LIFECYCLE,
                "/v1/accounts/acme",
                Map.of(
                        "name", "Acme",
                        "segment", "digital",
                        "products", List.of("code-search"),
                        "seats", 40,
                        "contractClosedOn", LocalDate.now(ZoneOffset.UTC).toString(),
                        "renewsOn", LocalDate.now(ZoneOffset.UTC).plusYears(1).toString(),
                        "instances", List.of("acme-1")));
        program.put(
                Service.LIFECYCLE,
                "/v1/accounts/acme/contacts",
                Map.of(
                        "contacts",
                        List.of(Map.of(
                                "id",
                                "c1",
                                "name",
                                "Ana Ruiz",
                                "email",
                                READER,
                                "roles",
                                List.of("instance-admin"),
                                "timezone",
                                DAYTIME.map(ZoneId::getId).orElse("UTC")))));
    }

    private static String newWriteKey(LocalApi program) {
        return program.post(
                        Service.LIFECYCLE,
                        "/v1/write-keys",
                        Map.of(
                                "author", "dana@team.example.com",
                                "name", "Instances of Acme",
                                "scope", Map.of("accounts", List.of("acme"))))
                .path("writeKey")
                .asText();
    }

    private static Map<String, Object> use(String user, String feature) {
        return Map.of("event", feature, "userId", user, "properties", Map.of("feature", feature));
    }

    private static List<String> historyTypes(LocalApi api) {
        return texts(api.get(Service.LIFECYCLE, "/v1/accounts/acme/history"), "type").stream()
                .map(type -> type.replaceAll("^stagecoach\\.lifecycle\\.|\\.v1$", ""))
                .toList();
    }

    private static List<String> alertKinds(LocalApi api) {
        return texts(api.get(Service.ALERTS, "/v1/alerts?account=acme").path("alerts"), "kind");
    }

    /** The first mail to who runs the instance, as the ledger has it. */
    private static JsonNode welcome(LocalApi api) {
        var messages = api.get(Service.OUTREACH, "/v1/messages?account=acme").path("messages");
        return StreamSupport.stream(messages.spliterator(), false)
                .filter(message -> message.path("campaign").asText().equals("admin-onboarding"))
                .filter(message -> message.path("step").asText().equals("day-0"))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static List<String> texts(JsonNode entries, String field) {
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.path(field).asText())
                .toList();
    }

    private static void timed(String what, Runnable step) {
        long start = System.nanoTime();
        step.run();
        System.out.printf("%s after %.1f s.%n", what, (System.nanoTime() - start) / 1e9);
    }

    /** A zone where it is neither night nor the weekend, and will not be for an hour; there is none while it is the weekend everywhere. */
    private static Optional<ZoneId> daytime() {
        return IntStream.rangeClosed(-12, 12)
                .mapToObj(hours -> ZoneId.of("Etc/GMT%+d".formatted(hours)))
                .filter(ComposeIT::isDaytime)
                .findFirst();
    }

    private static boolean isDaytime(ZoneId zone) {
        var now = LocalDateTime.now(zone);
        return !QUIET_DAYS.contains(now.getDayOfWeek()) && now.getHour() >= 8 && now.getHour() < 19;
    }
}
