package dev.stagecoach.testing.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages under {@code docs/settings} are those of the code. */
class SettingsPagesTest {

    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

    private static final String UPDATE = "./mvnw -q -Dquick -pl deploy/testing -am test -Dtest=SettingsPagesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsettings=write";

    @ParameterizedTest
    @ValueSource(strings = {"usage-ingest", "lifecycle-service", "outreach-service", "alerts-service"})
    void aPageHasTheSettingsOfTheCode(String service) throws Exception {
        // Given
        var page = new SettingsPage(HOME, service);

        // When
        var upToDate = page.upToDate();
        if ("write".equals(System.getProperty("settings"))) {
            Files.writeString(page.file(), upToDate);
        }

        // Then
        assertThat(page.text())
                .as("%s is not what the code says. To write it anew: %s", page.file(), UPDATE)
                .isEqualTo(upToDate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage-ingest", "lifecycle-service", "outreach-service", "alerts-service"})
    void everySettingSaysWhatItMeansAndCounts(String service) {
        // Given
        var page = new SettingsPage(HOME, service);

        // When
        var settings = page.settings();

        // Then
        assertThat(settings).isNotEmpty().allSatisfy(setting -> {
            assertThat(setting.meaning()).as("Javadoc of %s", setting.name()).isNotBlank();
            assertThat(setting.unit())
                    .as("@return of %s: what it counts", setting.name())
                    .isNotBlank();
        });
    }

    /** Else the pages would not have them, or another default than the one in force. */
    @ParameterizedTest
    @ValueSource(strings = {"usage-ingest", "lifecycle-service", "outreach-service", "alerts-service"})
    void settingsAndDefaultsAreDeclaredNowhereElse(String service) {
        // Given
        var module = HOME.resolve(service);

        // When
        var defaults = SettingsPage.read(module.resolve("src/main/resources/application.yaml"));
        var code = SettingsPage.sources(module);

        // Then
        assertThat(defaults).as("application.yaml").doesNotContain("\nstagecoach:");
        assertThat(code)
                .map(SettingsPage::read)
                .noneMatch(source -> source.contains("@ConfigProperty(name = \"stagecoach."));
    }
}
