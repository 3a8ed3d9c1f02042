package dev.stagecoach.testing.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is read from the source of settings is what SmallRye Config makes of them. */
class SettingTest {

    private static final Path THIS_FILE = Path.of("src/test/java/dev/stagecoach/testing/settings/SettingTest.java");

    @Test
    void aSettingIsTakenFromTheEnvironmentVariableThatIsToldForIt() throws Exception {
        // Given
        var values = Map.of(
                "sample.start-tls", "yes",
                "sample.daily-mean28", "PT5S",
                "sample.write-keys.<name>", "acme",
                "sample.limits.events", "7",
                "sample.endpoints.<name>.url", "https://example.com");

        // When
        var sample = sampleFrom(variables("ERP", values));

        // Then
        assertThat(sample.startTls()).contains("yes");
        assertThat(sample.dailyMean28()).isEqualTo(Duration.ofSeconds(5));
        assertThat(sample.writeKeys()).isEqualTo(Map.of("erp", "acme"));
        assertThat(sample.limits().events()).isEqualTo(7);
        assertThat(sample.endpoints().get("erp").url()).isEqualTo("https://example.com");
    }

    @Test
    void aNameOfSeveralWordsStandsBetweenUnderscoresAndComesOutWithDots() {
        // When
        var sample = sampleFrom(Map.of("SAMPLE_DAILY_MEAN28", "PT5S", "SAMPLE_WRITE_KEYS__ERP_ONE_", "acme"));

        // Then
        assertThat(sample.writeKeys()).isEqualTo(Map.of("erp.one", "acme"));
    }

    private static Map<String, String> variables(String name, Map<String, String> values) throws IOException {
        return SettingsReader.read(List.of(THIS_FILE)).stream()
                .collect(Collectors.toMap(
                        setting -> setting.environmentVariable().replace("<NAME>", name),
                        setting -> values.get(setting.name())));
    }

    private static Sample sampleFrom(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(Sample.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(Sample.class);
    }

    @Test
    void aSettingHasTheUnitTheDefaultAndTheWordsOfTheCode() throws Exception {
        // When
        var settings = SettingsReader.read(List.of(THIS_FILE));

        // Then
        assertThat(settings)
                .contains(
                        new Setting(
                                "sample.start-tls",
                                "text",
                                false,
                                Optional.empty(),
                                "Whether to encrypt: `yes`, or `no`. It is asked once."),
                        new Setting("sample.daily-mean28", "duration", true, Optional.empty(), "Must be given."),
                        new Setting("sample.limits.events", "events", false, Optional.of("5"), "The most of a batch."));
    }

    @ConfigMapping(prefix = "sample")
    interface Sample {
        /**
         * Whether to encrypt: {@code yes}, or {@code no}.
         * It is asked once.
         */
        Optional<String> startTls();

        /** Must be given. */
        Duration dailyMean28();

        /** By their names. */
        Map<String, String> writeKeys();

        Limits limits();

        /** By their names. */
        Map<String, Endpoint> endpoints();
    }

    interface Limits {
        /**
         * The most of a batch.
         *
         * @return events
         */
        @WithDefault("5")
        int events();
    }

    interface Endpoint {
        /** Where it is. */
        String url();
    }
}
