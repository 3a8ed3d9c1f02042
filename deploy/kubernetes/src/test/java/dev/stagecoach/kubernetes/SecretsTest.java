package dev.stagecoach.kubernetes;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are secret have a place that is none for settings that everybody may read. */
class SecretsTest {
    private static final List<String> SERVICES =
            List.of("usage-ingest", "lifecycle-service", "outreach-service", "alerts-service");
    /** Whoever has the address of an incoming webhook of Slack may post there. */
    private static final Pattern SECRET = Pattern.compile("PASSWORD|SECRET|TOKEN|WRITE_KEYS|WEBHOOK_URL|SLACK_CHANNELS_"
            + "|PRIVATE_KEY|KEYSTORE_KEY|JAAS_CONFIG|OTLP_HEADERS");

    private static final Pattern NAMES_A_FILE = Pattern.compile("PRIVATE_KEY|_FILE|_LOCATION");

    static Stream<Path> settingsFiles() {
        return Manifests.files(".env").stream();
    }

    @ParameterizedTest
    @MethodSource("settingsFiles")
    void areInNoFileOfSettings(Path file) {
        assertThat(Manifests.text(file)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .filter(SecretsTest::isSecret)
                        .map(line -> line.split("=", 2)[0]))
                .as(
                        "secrets in %s, which becomes a ConfigMap: README.md says under Secrets where they belong",
                        Manifests.HOME.relativize(file))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STAGECOACH_OUTREACH_BOUNCES_IMAP_PASSWORD=x",
                "STAGECOACH_ALERTS_WEBHOOKS_ENDPOINTS_CRM_SECRETS=whsec_x",
                "STAGECOACH_ALERTS_SLACK_WEBHOOK_URL=https://hooks.slack.com/services/x",
                "STAGECOACH_ALERTS_SLACK_CHANNELS_CUSTOMER=https://hooks.slack.com/services/x",
                "STAGECOACH_API_TOKENS=/x",
                "stagecoach.alerts.peers.token=x",
                "STAGECOACH_INGEST_WRITE_KEYS_X=*",
                "STAGECOACH_OUTREACH_DKIM_PRIVATE_KEY=-----BEGIN PRIVATE KEY-----",
                "OTEL_EXPORTER_OTLP_HEADERS=authorization=x"
            })
    void areKnownByTheirNames(String line) {
        assertThat(isSecret(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STAGECOACH_OUTREACH_DKIM_PRIVATE_KEY=/run/secrets/dkim.pem",
                "STAGECOACH_API_TOKENS_ON_THIS_MACHINE_ONLY=false",
                "STAGECOACH_ALERTS_SLACK_CHANNEL_IDS_CUSTOMER=C01",
                "STAGECOACH_ALERTS_WEBHOOKS_TIMEOUT=15s"
            })
    void areNoFilesAndNoSwitches(String line) {
        assertThat(isSecret(line)).isFalse();
    }

    private static boolean isSecret(String line) {
        String[] setting = line.split("=", 2);
        String name = setting[0].toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        String value = setting.length == 1 ? "" : setting[1];
        boolean isSwitch = value.equals("true") || value.equals("false");
        boolean isFile = NAMES_A_FILE.matcher(name).find() && value.startsWith("/");
        return SECRET.matcher(name).find() && !isSwitch && !isFile;
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void areFilesWhereTheImageReadsThem(Manifest workload) {
        assertThat(workload.pod().path("volumes")).anySatisfy(volume -> {
            assertThat(volume.path("name").asText()).isEqualTo("secrets");
            assertThat(volume.at("/secret/secretName").asText()).isEqualTo(workload.name() + "-secrets");
            assertThat(volume.at("/secret/optional").asBoolean()).isTrue();
            assertThat(volume.at("/secret").has("items")).isFalse();
        });
        assertThat(workload.container().path("volumeMounts")).anySatisfy(mount -> {
            assertThat(mount.path("name").asText()).isEqualTo("secrets");
            assertThat(mount.path("readOnly").asBoolean()).isTrue();
            assertThat(Manifests.text(Manifests.CHECKOUT.resolve("deploy/Dockerfile")))
                    .containsPattern("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS="
                            + mount.path("mountPath").asText() + "\\s");
        });
        assertThat(optionalVariables(workload)).contains("OTEL_EXPORTER_OTLP_HEADERS");
    }

    static Stream<Manifest> workloads() {
        return Manifests.allWritten().filter(Manifest::isWorkload);
    }

    private static Set<String> optionalVariables(Manifest workload) {
        return Manifest.each(workload.container().path("env"))
                .filter(variable -> {
                    JsonNode secret = variable.at("/valueFrom/secretKeyRef");
                    return secret.path("name").asText().equals(workload.name() + "-secrets")
                            && secret.path("optional").asBoolean()
                            && secret.path("key").equals(variable.path("name"));
                })
                .map(variable -> variable.path("name").asText())
                .collect(toSet());
    }

    /** Each is one of the service's settings, a variable that it is told, or a file that a setting beside it names. */
    @ParameterizedTest
    @MethodSource("workloads")
    void areMadeAsTheReadmeSays(Manifest workload) {
        String service = workload.name();
        String command = readme().replace("\\\n", "")
                .lines()
                .filter(line -> line.contains("create secret generic " + service + "-secrets "))
                .collect(joining());
        Set<String> variables = optionalVariables(workload);
        assertThat(Pattern.compile("--from-(?:literal|file)=([^=\\s]+)=")
                        .matcher(command)
                        .results())
                .isNotEmpty()
                .extracting(key -> key.group(1))
                .allMatch(key -> Settings.has(service, key)
                        || variables.contains(key)
                        || command.contains("private-key=/run/secrets/" + key));
    }

    @Test
    void areInTheReadmeByNamesThatThereAre() {
        assertThat(Pattern.compile("`(stagecoach\\.[^`]+)`").matcher(readme()).results())
                .hasSizeGreaterThan(6)
                .extracting(name -> name.group(1))
                .allMatch(name -> SERVICES.stream().anyMatch(service -> Settings.has(service, name)));
    }

    @ParameterizedTest
    @CsvSource({
        "outreach-service, stagecoach.outreach.bounces.imap.password, true",
        "outreach-service, stagecoach.outreach.bounces.imap.pasword, false",
        "alerts-service, stagecoach.alerts.webhooks.endpoints.crm.secrets, true",
        "alerts-service, stagecoach.alerts.webhooks.endpoints.crm.secret, false"
    })
    void areLookedUpByTheirWholeName(String service, String setting, boolean known) {
        assertThat(Settings.has(service, setting)).isEqualTo(known);
    }

    private static String readme() {
        String readme = Manifests.text(Manifests.HOME.resolve("README.md"));
        return readme.substring(readme.indexOf("\n## Secrets"), readme.indexOf("\n## Who may do what"));
    }
}
