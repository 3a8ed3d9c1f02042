package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.platform.ReceivedMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secrets of outreach-service are changed as the operating notes say, while it has mails out that are still to be answered. */
class RotateSecretsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROLE = "outreach_service";
    private static final String OLD_PASSWORD = "the password of last year";
    private static final String NEW_PASSWORD = "the password of this year";
    private static final String OLD_LINK_SECRET = "the secret behind links of last year";
    private static final String NEW_LINK_SECRET = "the secret behind links of this year";
    private static final String OLD_TOKEN = "token-of-last-year";
    private static final String NEW_TOKEN = "token-of-this-year";
    private static final String WRONG_PASSWORD = "28P01";
    private static final Pattern UNSUBSCRIBE = Pattern.compile("<(http[^>]+/unsubscribe/[^>]+)>");
    private static final Pattern PREFERENCES = Pattern.compile("(http\\S+/preferences/\\S+)");
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    @TempDir
    private static Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void nothingIsLostWhileSecretsAreChanged() throws Exception {
        try (var outreach = new OutreachAlone(directory.resolve("state"))) {
            // Given
            letPostgresAskForPasswords(outreach);
            var old = settings(outreach, OLD_PASSWORD, OLD_LINK_SECRET, OLD_TOKEN, "last-year");
            outreach.start(old);
            outreach.customer("early", 3);
            outreach.awaitEnds("early", 3);
            var unsubscribing = mailTo(outreach, "admin-0@early.example");
            var choosing = mailTo(outreach, "admin-1@early.example");
            var bouncing = mailTo(outreach, "admin-2@early.example");
            var formOfAnOpenPage =
                    first(FORM, get(outreach, preferences(choosing)).body());
            assertThat(signature(choosing)).contains("s=last-year");

            // When
            outreach.administer("alter role %s password '%s'".formatted(ROLE, NEW_PASSWORD));

            // Then the process goes on with the connections that it has
            assertThat(isRefused(outreach, OLD_PASSWORD)).isTrue();
            outreach.customer("meanwhile", 1);
            outreach.awaitEnds("meanwhile", 1);
            assertThat(asked(outreach, OLD_TOKEN)).isEqualTo(200);
            assertThat(asked(outreach, NEW_TOKEN)).isEqualTo(401);

            // When it starts with the password that was forgotten to be changed
            outreach.kill();
            assertThatThrownBy(() -> outreach.start(old)).isInstanceOf(Complaint.class);

            // Then it says so
            assertThat(outreach.log()).content().contains("password authentication failed for user \"" + ROLE + "\"");
            outreach.kill();

            // When
            var both = settings(outreach, NEW_PASSWORD, NEW_LINK_SECRET, NEW_TOKEN + "," + OLD_TOKEN, "this-year");
            both.put("stagecoach.outreach.previous-link-secrets", OLD_LINK_SECRET);
            outreach.start(both);

            // Then mails of before can be answered
            assertThat(asked(outreach, OLD_TOKEN)).isEqualTo(200);
            assertThat(asked(outreach, NEW_TOKEN)).isEqualTo(200);
            assertThat(post(outreach, unsubscribe(unsubscribing), "List-Unsubscribe=One-Click"))
                    .isEqualTo(200);
            assertThat(post(outreach, preferences(choosing), "all=off&form=" + formOfAnOpenPage))
                    .isEqualTo(200);
            assertThat(tellOfBounce(outreach, bouncing)).isEqualTo(204);
            outreach.customer("late", 1);
            outreach.awaitEnds("late", 1);
            var late = mailTo(outreach, "admin-0@late.example");
            assertThat(signature(late)).contains("s=this-year");
            outreach.onDay(3);
            outreach.awaitEnds("early", 6);
            assertThat(outreach.query(
                            "select contact, state from delivery where account = ? and step = 'day-3'", "early"))
                    .isEqualTo(Map.of("admin-0", "suppressed", "admin-1", "suppressed", "admin-2", "suppressed"));

            // When
            outreach.kill();
            outreach.start(settings(outreach, NEW_PASSWORD, NEW_LINK_SECRET, NEW_TOKEN, "this-year"));

            // Then what is old is over
            assertThat(asked(outreach, OLD_TOKEN)).isEqualTo(401);
            assertThat(get(outreach, unsubscribe(unsubscribing)).statusCode()).isEqualTo(404);
            assertThat(tellOfBounce(outreach, bouncing)).isEqualTo(404);
            assertThat(asked(outreach, NEW_TOKEN)).isEqualTo(200);
            assertThat(post(outreach, unsubscribe(late), "List-Unsubscribe=One-Click"))
                    .isEqualTo(200);
            assertThat(tellOfBounce(outreach, late)).isEqualTo(204);
        }
    }

    /** The role that the service signs in as, and rules by which its password counts; that of the others does not. */
    private static void letPostgresAskForPasswords(OutreachAlone outreach) throws SQLException {
        outreach.database().close();
        outreach.administer(
                "create role %s login password '%s'".formatted(ROLE, OLD_PASSWORD),
                "alter database outreach owner to " + ROLE,
                """
                do $$ begin
                    execute format('copy (select unnest(array[%%L, %%L])) to %%L',
                        'host all %s all scram-sha-256', 'host all all all trust', current_setting('hba_file'));
                end $$""".formatted(ROLE),
                "select pg_reload_conf()");
        await().atMost(PATIENCE).until(() -> isRefused(outreach, "no password of it"));
    }

    private static boolean isRefused(OutreachAlone outreach, String password) {
        try (var connection = outreach.database(ROLE, password)) {
            return connection.isClosed();
        } catch (SQLException e) {
            return WRONG_PASSWORD.equals(e.getSQLState());
        }
    }

    private static Map<String, String> settings(
            OutreachAlone outreach, String password, String linkSecret, String tokens, String selector)
            throws GeneralSecurityException, IOException {
        return new TreeMap<>(Map.of(
                "quarkus.datasource.username",
                ROLE,
                "quarkus.datasource.password",
                password,
                "quarkus.mailer.port",
                Integer.toString(outreach.wholeMailsPort()),
                "stagecoach.outreach.link-secret",
                linkSecret,
                // Empty is as good as absent: so Compose hands it on.
                "stagecoach.outreach.previous-link-secrets",
                "",
                "stagecoach.api.tokens",
                tokens,
                "stagecoach.outreach.dkim.private-key",
                key(selector).toString(),
                "stagecoach.outreach.dkim.selector",
                selector));
    }

    /** The private key that signs mails, whose public one the domain would publish under this name. */
    private static Path key(String selector) throws GeneralSecurityException, IOException {
        var file = directory.resolve(selector + ".pem");
        if (Files.notExists(file)) {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var key = generator.generateKeyPair().getPrivate().getEncoded();
            Files.writeString(
                    file,
                    "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                            + "\n-----END PRIVATE KEY-----\n");
        }
        return file;
    }

    private static ReceivedMail mailTo(OutreachAlone outreach, String address) {
        return outreach.wholeMails().received().stream()
                .filter(mail -> mail.recipients().contains(address))
                .findFirst()
                .orElseThrow();
    }

    private static String unsubscribe(ReceivedMail mail) {
        return first(UNSUBSCRIBE, mail.header("List-Unsubscribe").orElseThrow());
    }

    private static String preferences(ReceivedMail mail) {
        return first(PREFERENCES, mail.text().orElseThrow());
    }

    private static String signature(ReceivedMail mail) {
        return mail.header("DKIM-Signature").orElseThrow();
    }

    private static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return found.group(1);
    }

    /** What a program of the team is answered. */
    private int asked(OutreachAlone outreach, String token) {
        return send(to(outreach, "/v1/campaigns").header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private int tellOfBounce(OutreachAlone outreach, ReceivedMail mail) {
        return send(to(outreach, "/v1/bounces")
                        .header("Authorization", "Bearer " + NEW_TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"envelopeSender\": \"%s\", \"status\": \"5.1.1\"}".formatted(mail.from()))))
                .statusCode();
    }

    private HttpResponse<String> get(OutreachAlone outreach, String link) {
        return send(to(outreach, URI.create(link).getPath()));
    }

    private int post(OutreachAlone outreach, String link, String form) {
        return send(to(outreach, URI.create(link).getPath())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .statusCode();
    }

    private static HttpRequest.Builder to(OutreachAlone outreach, String path) {
        return HttpRequest.newBuilder(outreach.address().resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
