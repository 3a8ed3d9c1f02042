package dev.stagecoach.local;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.ProcessRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in server: Keycloak as it is published, with the realm that the operating notes have as an example, and a few people. It
 * keeps nothing, and its secrets are made anew at each start.
 */
final class Keycloak implements AutoCloseable {

    /** People of the team, each with a role or, the last, without any. */
    enum Person {
        VERA("viewer"),
        SAM("success"),
        OLGA("operator"),
        NORA(null);

        private final @Nullable String role;

        Person(@Nullable String role) {
            this.role = role;
        }

        String userName() {
            return name().toLowerCase(Locale.ROOT) + "@team.example.com";
        }
    }

    private static final Path UNPACKED = Path.of("target/keycloak");
    private static final Path REALM = LocalStack.HOME.resolve("docs/examples/keycloak/stagecoach-realm.json");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration STOP = Duration.ofSeconds(20);

    private static final int SECRET_BYTES = 16;

    /** For people who ask for tokens with their password, which nobody does but a test. */
    private static final String PEOPLE = "people-of-a-test";

    /** The same, for tokens that are over as soon as they are there. */
    private static final String PEOPLE_IN_HASTE = "people-in-haste";

    /** Of another program of the same company. */
    private static final String ELSEWHERE = "another-program";

    private final Process process;
    private final ProcessRecord processes;
    private final URI address;
    private final Path log;
    private final Secrets secrets;
    private final Map<Person, String> tokens = new EnumMap<>(Person.class);
    private final HttpClient http = HttpClient.newHttpClient();
    private String consoleSecret;

    private record Secrets(String console, String crm, String people, String admin) {}

    /** As long as the console needs it, which encrypts with it. */
    static String secret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Keycloak(Process process, ProcessRecord processes, URI address, Path log, Secrets secrets) {
        this.process = process;
        this.processes = processes;
        this.address = address;
        this.log = log;
        this.secrets = secrets;
        this.consoleSecret = secrets.console();
    }

    /** Starts it, and returns at once. */
    static Keycloak start(int port, URI console, String consoleSecret, ProcessRecord processes, Path log) {
        var home = home();
        var secrets = new Secrets(consoleSecret, secret(), secret(), secret());
        try {
            var realms = Files.createDirectories(home.resolve("data/import"));
            Files.writeString(realms.resolve("stagecoach-realm.json"), realm(secrets));
            var builder = new ProcessBuilder(
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--db=dev-mem",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--import-realm")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "JAVA_HOME", System.getProperty("java.home"),
                            "JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1",
                            "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                            "KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.admin(),
                            "STAGECOACH_CONSOLE_URL", console.toString(),
                            "STAGECOACH_CONSOLE_SECRET", secrets.console(),
                            "STAGECOACH_CRM_SECRET", secrets.crm()));
            var process = builder.start();
            processes.add(process.toHandle(), "keycloak");
            return new Keycloak(process, processes, URI.create("http://127.0.0.1:" + port), log, secrets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home() {
        try (var unpacked = Files.list(UNPACKED)) {
            return unpacked.filter(Files::isDirectory).findFirst().orElseThrow().toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Keycloak is not unpacked; ./mvnw -pl deploy/local -am verify does that before it starts this test",
                    e);
        }
    }

    /** The realm of the example, and in it those whom only a test needs. */
    private static String realm(Secrets secrets) throws IOException {
        var realm = (ObjectNode) EventCodec.json().readTree(REALM.toFile());
        // Nobody steals these passwords, and a test has no time to have them hashed as well as others are.
        realm.put("passwordPolicy", "hashAlgorithm(pbkdf2-sha512) and hashIterations(1)");
        for (var person : Person.values()) {
            var user = realm.withArray("users").addObject();
            user.put("username", person.userName())
                    .put("email", person.userName())
                    .put("firstName", person.name())
                    .put("lastName", "Example")
                    .put("enabled", true);
            user.withArray("credentials").addObject().put("type", "password").put("value", secrets.people());
            if (person.role != null) {
                user.withArray("realmRoles").add(person.role);
            }
        }
        var mapper = realm.path("clients").path(0).path("protocolMappers");
        for (var client : List.of(PEOPLE, PEOPLE_IN_HASTE, ELSEWHERE)) {
            var people = realm.withArray("clients").addObject();
            people.put("clientId", client).put("publicClient", true).put("directAccessGrantsEnabled", true);
            people.withObject("/attributes")
                    .put("access.token.lifespan", client.equals(PEOPLE_IN_HASTE) ? "1" : "3600");
            if (!client.equals(ELSEWHERE)) {
                people.set("protocolMappers", mapper);
            }
        }
        return EventCodec.json().writeValueAsString(realm);
    }

    void awaitReady() {
        await("Keycloak, whose log is " + log).atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("Keycloak has ended:\n" + Files.readString(log));
            }
            return isReady();
        });
    }

    private boolean isReady() {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return issuer(address.getPort());
    }

    /** What the services are told of it. */
    static String issuer(int port) {
        return "http://127.0.0.1:" + port + "/realms/stagecoach";
    }

    String password() {
        return secrets.people();
    }

    /** The same one each time. */
    String tokenOf(Person person) {
        return tokens.computeIfAbsent(person, someone -> tokenOf(someone, PEOPLE));
    }

    String shortLivedTokenOf(Person person) {
        return tokenOf(person, PEOPLE_IN_HASTE);
    }

    String tokenForAnotherProgramOf(Person person) {
        return tokenOf(person, ELSEWHERE);
    }

    private String tokenOf(Person person, String client) {
        return token(
                "stagecoach",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        client,
                        "username",
                        person.userName(),
                        "password",
                        secrets.people()));
    }

    String tokenOfTheConsole() {
        return tokenOf("stagecoach-console", consoleSecret);
    }

    String tokenOfTheCrm() {
        return tokenOf("stagecoach-crm", secrets.crm());
    }

    private String tokenOf(String client, String secret) {
        return token(
                "stagecoach", Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
    }

    /** From now on the console is known by this secret, and not by the one before. */
    void changeSecretOfTheConsole(String secret) {
        var clients = URI.create(address + "/admin/realms/stagecoach/clients");
        var client =
                (ObjectNode) administer(HttpRequest.newBuilder(URI.create(clients + "?clientId=stagecoach-console")))
                        .path(0);
        administer(HttpRequest.newBuilder(
                        URI.create(clients + "/" + client.path("id").asText()))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(client.put("secret", secret).toString())));
        consoleSecret = secret;
    }

    private JsonNode administer(HttpRequest.Builder request) {
        var answer = send(request.header("Authorization", "Bearer " + tokenOfAnotherRealm())
                .build());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("Keycloak: " + answer.statusCode() + " " + answer.body());
        }
        return json(answer.body());
    }

    /** Signed by the same server, for another realm. */
    String tokenOfAnotherRealm() {
        return token(
                "master",
                Map.of(
                        "grant_type", "password",
                        "client_id", "admin-cli",
                        "username", "admin",
                        "password", secrets.admin()));
    }

    private String token(String realm, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(
                        URI.create(address + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        var answer = send(request);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("no token: " + answer.body());
        }
        return json(answer.body()).path("access_token").asText();
    }

    private static JsonNode json(String text) {
        try {
            return EventCodec.json().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        var children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        processes.remove(process.toHandle());
    }
}
