package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.alerts.Fixtures;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.Rules;
import dev.stagecoach.events.Segment;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlAlertPolicyTest {
    private static final String GOOD = """
            version: "7"
            channels:
              customer-usage:
                name: "#alerts-customer-usage"
                topic: alerts.customer-usage
            alerts:
              seat-utilization:
                channel: customer-usage
                audience: [team]
                rising: [50, 80]
                falling: [80]
                margin: 5
                account-executive-from: 90
              stage-changed:
                channel: customer-usage
                audience: [team]
                account-executive-stages: [Renewing]
            """;

    private static void parse(String yaml) {
        YamlAlertPolicy.parse("alerts.yaml", new StringReader(yaml));
    }

    @Test
    void theBuiltInPolicyIsTheOneOfTheDomain() {
        assertThat(YamlAlertPolicy.load(Optional.empty())).isEqualTo(Fixtures.POLICY);
    }

    @Test
    void aKindThatIsLeftOutIsOff() {
        // When
        var policy = YamlAlertPolicy.parse("alerts.yaml", new StringReader(GOOD));

        // Then
        assertThat(policy.route(AlertKind.STAGE_CHANGED)).isPresent();
        assertThat(policy.route(AlertKind.CHURN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "margin: 5 | margin: five | alerts.yaml, line 12: margin: five (expected: a whole number from 0 to 100)",
                "margin: 5 | margin: 101 | alerts.yaml, line 12: margin: 101 (expected: a whole number from 0 to 100)",
                "margin: 5 | # | alerts.yaml, line 8: margin: missing",
                "margin: 5 | margins: 5 | alerts.yaml, line 12: margins: unknown (expected one of: channel, audience, rising, falling, margin, account-executive-from, cool-down-days, off)",
                "falling: [80] | falling: [90] | alerts.yaml, line 11: falling: falling: 90 (expected: one of rising [50, 80])",
                "rising: [50, 80] | rising: [0, 80] | alerts.yaml, line 10: rising: 0 (expected: a whole number from 1 to 1000)",
                "rising: [50, 80] | rising: 50 | alerts.yaml, line 10: rising: expected: a list of numbers, [50, 80]",
                "[Renewing] | [Renewal] | alerts.yaml, line 17: account-executive-stages: Stage: Renewal (expected one of: Prospect, Onboarding, Adopting, Nurturing, Renewing, Churned)",
                "topic: alerts.customer-usage | topic: alerts.others | alerts.yaml, line 5: topic: alerts.others (expected one of: alerts.customer-usage, alerts.scaled-success, alerts.gtm-operations)",
                "version: \"7\" | version: | alerts.yaml, line 1: version: empty",
                "margin: 5 | cool-down-days: -1 | alerts.yaml, line 12: cool-down-days: -1 (expected: a whole number from 0 to 3650)",
                "falling: [80] | off: yes | alerts.yaml, line 11: off: yes (expected: true or false)"
            })
    void saysWhatIsWrongAndWhere(String good, String bad, String message) {
        assertThatThrownBy(() -> parse(GOOD.replace(good, bad)))
                .isInstanceOf(PolicyException.class)
                .hasMessage(message);
    }

    @Test
    void aSegmentHasWhatItNamesAndTheRestOfTheOthers() {
        // When
        var policy = YamlAlertPolicy.parse("alerts.yaml", new StringReader(GOOD + """
            acknowledged-for-days: 7
            segments:
              managed:
                seat-utilization: {rising: [70, 80], cool-down-days: 3}
                stage-changed: {off: true}
            """));

        // Then
        Rules managed = policy.of(Segment.MANAGED);
        assertThat(managed.seats().rising()).containsExactly(70, 80);
        assertThat(managed.seats().falling()).containsExactly(80);
        assertThat(managed.route(AlertKind.SEAT_UTILIZATION))
                .hasValueSatisfying(route -> assertThat(route.coolDown()).isEqualTo(Duration.ofDays(3)));
        assertThat(managed.route(AlertKind.STAGE_CHANGED)).isEmpty();
        assertThat(policy.of(Segment.DIGITAL)).isEqualTo(policy.rules());
        assertThat(policy.rules().route(AlertKind.STAGE_CHANGED)).isPresent();
        assertThat(policy.acknowledgedFor()).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "segments: {large: {}} | alerts.yaml, line 18: large: Segment: large (expected one of: managed, scaled, digital)",
                "segments: {managed: {churn: {off: true}}} | alerts.yaml, line 18: churn: not among the alerts (expected one of: seat-utilization, stage-changed)",
                "segments: {managed: {stage-changed: {margin: 3}}} | alerts.yaml, line 18: margin: unknown (expected one of: channel, audience, account-executive-stages, cool-down-days, off)",
                "weekly-digest: {day: someday, time: '08:00', zone: UTC, zones: {}, near-people: 5, renewal-days: 120} | alerts.yaml, line 18: day: someday (expected: a day of the week, monday)",
                "weekly-digest: {day: monday, time: 8, zone: UTC, zones: {}, near-people: 5, renewal-days: 120} | alerts.yaml, line 18: time: 8 (expected: hours and minutes, \"08:00\")",
                "weekly-digest: {day: monday, time: '08:00', zone: Mars, zones: {}, near-people: 5, renewal-days: 120} | alerts.yaml, line 18: zone: Mars (expected: a time zone, Europe/Berlin)"
            },
            quoteCharacter = '`')
    void saysWhatIsWrongInTheOtherSections(String section, String message) {
        assertThatThrownBy(() -> parse(GOOD + section + "\n")).hasMessage(message);
    }

    @Test
    void refusesAnUnknownKind() {
        assertThatThrownBy(() -> parse(GOOD.replace("stage-changed:", "stage-change:")))
                .hasMessageStartingWith(
                        "alerts.yaml, line 15: stage-change: unknown (expected one of: stage-changed, churn,");
    }

    @Test
    void refusesAnUnknownChannel() {
        assertThatThrownBy(() -> parse(GOOD.replace("channel: customer-usage", "channel: everybody")))
                .hasMessage("alerts.yaml, line 8: channel: everybody (expected one of: customer-usage)");
    }

    @Test
    void refusesBrokenYaml() {
        assertThatThrownBy(() -> parse("version: \"7\"\nchannels: [")).hasMessageStartingWith("alerts.yaml, line ");
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThatThrownBy(() -> YamlAlertPolicy.load(Optional.of(Path.of("/nowhere/alerts.yaml"))))
                .hasMessage("/nowhere/alerts.yaml cannot be read");
    }
}
