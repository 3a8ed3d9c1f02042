package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.events.Role;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.letter.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlCampaignsTest {
    private static final String WELCOME = """
            id: welcome
            version: 2
            kind: onboarding
            trigger:
              stage-entered: Onboarding
            segments: [digital]
            audience: [champion]
            horizon: P7D
            join-until:
              within: P3D
            stop-on: [Churned]
            priority: 3
            cap: counted
            steps:
              - step: day-0
                after: P0D
                subject: Welcome
                preheader: Good to have you.
                template: welcome/day-0
              - step: day-2
                after: P2D
                subject: Still there
                preheader: We are.
                template: welcome/day-2
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void templates() throws IOException {
        Files.createDirectories(directory.resolve("campaigns"));
        for (String name : new String[] {"welcome/day-0", "welcome/day-2"}) {
            for (String suffix : new String[] {".mjml", ".txt"}) {
                Path file = directory.resolve("templates").resolve(name + suffix);
                Files.createDirectories(file.getParent());
                Files.writeString(file, "Hello");
            }
        }
    }

    private Campaigns read(String text) throws IOException {
        Files.writeString(directory.resolve("campaigns/welcome.yaml"), text);
        PolicyFiles files = new PolicyFiles(Optional.of(directory));
        return new YamlCampaigns(files, new QuteTemplates(files, Locale.ENGLISH)::exist).read();
    }

    @Test
    void readsACampaign() throws IOException {
        Campaign campaign = read(WELCOME).byId("welcome").orElseThrow();

        assertThat(campaign.version()).isEqualTo(2);
        assertThat(campaign.series()).isEqualTo("welcome");
        assertThat(campaign.trigger()).isEqualTo(new Trigger.StageEntered(Stage.ONBOARDING));
        assertThat(campaign.audience()).containsExactly(Role.CHAMPION);
        assertThat(campaign.steps()).extracting("after").containsExactly(Duration.ZERO, Duration.ofDays(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    quarterly: {first-day: 90, every: P3M} | quarterly:90/P3M
                    month-closed: {after-day: 90}          | month-closed:90
                    health-became: [concerning, poor]      | health-became:concerning,poor
                    health-became: poor                    | health-became:poor
                    feature-first-used: any                | feature-first-used:any
                    day-after-close: 90                    | day-after-close:90
                    """)
    void readsEachTrigger(String text, String trigger) throws IOException {
        Campaigns campaigns = read(WELCOME.replace("stage-entered: Onboarding", text));

        assertThat(campaigns.byId("welcome").orElseThrow().trigger()).hasToString(trigger);
        assertThat(Trigger.parse(trigger)).hasToString(trigger);
    }

    @Test
    void comesWithAllCampaigns() {
        PolicyFiles files = new PolicyFiles(Optional.empty());

        Campaigns campaigns = new YamlCampaigns(files, new QuteTemplates(files, Locale.ENGLISH)::exist).read();

        assertThat(campaigns.all())
                .extracting(Campaign::id)
                .containsExactly(
                        "admin-onboarding",
                        "advanced-enablement",
                        "check-in-30-day",
                        "check-in-90-day",
                        "concerning-health",
                        "end-user-onboarding-both",
                        "end-user-onboarding-code-search",
                        "end-user-onboarding-cody",
                        "monthly-recap",
                        "poor-health",
                        "quarterly-check-in");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    audience: [champion]      | audience: [chief]             | campaigns/welcome.yaml:7: | chief
                    stage-entered: Onboarding | stage-entered: Boarding       | campaigns/welcome.yaml:5: | Boarding
                    stage-entered: Onboarding | full-moon: 1                  | campaigns/welcome.yaml:5: | expected one of: stage-entered
                    horizon: P7D              | horizon: a week               | campaigns/welcome.yaml:8: | a week
                    horizon: P7D              | horizon: P7D\\ncolour: red     | campaigns/welcome.yaml:9: | colour
                    horizon: P7D              | horizont: P7D                 | campaigns/welcome.yaml:   | horizon
                    subject: Still there      | subject: Still there!         | campaigns/welcome.yaml:22: | no exclamation mark
                    after: P2D                | after: P2D\\n    x: 1              | campaigns/welcome.yaml:22: | x
                    step: day-2               | step: day-0                   | campaigns/welcome.yaml:14: | stands there twice
                    template: welcome/day-2   | template: welcome/day-3       | campaigns/welcome.yaml:24: | welcome/day-3.mjml does not exist
                    kind: onboarding          | kind: news                    | campaigns/welcome.yaml:3: | expected one of: onboarding, check-ins
                    priority: 3               | priority: 10                  | campaigns/welcome.yaml:12: | 1, the highest, to 9
                    cap: counted              | cap: free                     | campaigns/welcome.yaml:13: | counted, exempt
                    cap: counted              | cap: counted\\napproval: maybe | campaigns/welcome.yaml:14: | maybe
                    horizon: P7D              | horizon: P7D\\ncool-down: P0D  | campaigns/welcome.yaml:9: | P30D for instance
                    stage-entered: Onboarding | milestone: last-ping          | campaigns/welcome.yaml:5: | first-ping
                    stage-entered: Onboarding | quarterly: 90                 | campaigns/welcome.yaml:5: | first-day and every
                    stage-entered: Onboarding | quarterly: {first-day: 90}    | campaigns/welcome.yaml:5: | first-day, every
                    stage-entered: Onboarding | quarterly: {first-day: 90, every: P90D} | campaigns/welcome.yaml:5: | whole months
                    stage-entered: Onboarding | month-closed: {after-day: x}  | campaigns/welcome.yaml:5: | whole number
                    stage-entered: Onboarding | health-became: [poor, sick]   | campaigns/welcome.yaml:5: | sick
                    version: 2                | version: two                  | campaigns/welcome.yaml:2: | two
                    id: welcome               | id: Welcome campaign          | campaigns/welcome.yaml:1: | lower-case
                    """)
    void saysWhatIsWrongAndWhere(String good, String bad, String place, String what) {
        String text = WELCOME.replace(good, bad.replace("\\n", "\n"));

        assertThatThrownBy(() -> read(text)).hasMessageStartingWith(place).hasMessageContaining(what);
    }

    @Test
    void saysWhatATemplateAsksForInVain() throws IOException {
        Files.writeString(directory.resolve("templates/welcome/day-0.txt"), "Hi\n{contact.shoeSize}\n");
        QuteTemplates templates = new QuteTemplates(new PolicyFiles(Optional.of(directory)), Locale.ENGLISH);

        assertThatThrownBy(() -> templates.text(
                        "welcome/day-0",
                        Locale.ENGLISH,
                        Map.of("contact", new Reader("Ana Ant", "Ana"), "greeting", "Hi Ana,")))
                .hasMessageStartingWith("templates/welcome/day-0.txt:2: ")
                .hasMessageContaining("shoeSize");
    }
}
