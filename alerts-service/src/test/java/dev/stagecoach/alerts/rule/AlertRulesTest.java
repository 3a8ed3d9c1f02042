package dev.stagecoach.alerts.rule;

import static dev.stagecoach.alerts.Fixtures.DAY;
import static dev.stagecoach.alerts.Fixtures.POLICY;
import static dev.stagecoach.alerts.Fixtures.event;
import static dev.stagecoach.alerts.Fixtures.facts;
import static dev.stagecoach.alerts.Fixtures.health;
import static dev.stagecoach.alerts.Fixtures.renewedUntil;
import static dev.stagecoach.alerts.Fixtures.silent;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static dev.stagecoach.alerts.Fixtures.suppressed;
import static dev.stagecoach.alerts.Fixtures.tick;
import static dev.stagecoach.alerts.Fixtures.unlimitedFacts;
import static dev.stagecoach.alerts.Fixtures.usage;
import static dev.stagecoach.alerts.Fixtures.usageOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.LowUtilization;
import dev.stagecoach.alerts.policy.Rules;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Milestone.FeatureFirstUsed;
import dev.stagecoach.events.Milestone.GoalMet;
import dev.stagecoach.events.Milestone.GoalMissed;
import dev.stagecoach.events.Milestone.GoalUnknown;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, alerts. */
class AlertRulesTest {
    private static final String TEAM = "[team]";
    private static final String TEAM_AND_EXECUTIVE = "[team, account-executive]";

    private final AlertRules rules = new AlertRules(POLICY, id -> "https://console.example/accounts/" + id);
    private Account account = Account.unseen("acme");

    private List<Alert> after(Event<?>... events) {
        List<Alert> alerts = new ArrayList<>();
        for (Event<?> event : events) {
            AlertRules.Decision decision = rules.decide(event, account);
            account = decision.account();
            alerts.addAll(decision.alerts());
        }
        return alerts;
    }

    private Alert theAlertAfter(Event<?>... events) {
        List<Alert> alerts = after(events);
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    private static List<Alert> of(String kind, List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.kind().wireName().equals(kind))
                .toList();
    }

    @Test
    void stage_tellsEveryChangeWithItsReason() {
        // When
        Alert alert = theAlertAfter(facts("Blue Harbor Labs"), stageChanged(Stage.ONBOARDING, Stage.ADOPTING));

        // Then
        assertThat(alert.title()).isEqualTo("Blue Harbor Labs entered Adopting");
        assertThat(alert.channel().name()).isEqualTo("#alerts-customer-usage");
        assertThat(alert.channel().topic()).isEqualTo("alerts.customer-usage");
        assertThat(alert.audience()).hasToString(TEAM);
        assertThat(alert.facts())
                .containsEntry("from", "Onboarding")
                .containsEntry("to", "Adopting")
                .containsEntry("clause", "onboarding-over")
                .containsEntry("nearestMiss", "needs 12 more active users for 80 %")
                .containsEntry("link", "https://console.example/accounts/acme")
                .containsEntry(
                        "why",
                        "Onboarding over: day 60 against 60, utilization 68 % against 80 %."
                                + " Nearest: targets met, needs 12 more active users for 80 %.");
    }

    @Test
    void stage_namesAnAccountWithoutFactsByItsId() {
        assertThat(theAlertAfter(stageChanged(null, Stage.PROSPECT)).title()).isEqualTo("acme entered Prospect");
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"CHURNED"},
            mode = EnumSource.Mode.EXCLUDE)
    void stage_tellsTheAccountExecutiveAboutRenewingOnly(Stage stage) {
        assertThat(theAlertAfter(stageChanged(null, stage)).audience())
                .hasToString(stage == Stage.RENEWING ? TEAM_AND_EXECUTIVE : TEAM);
    }

    @Test
    void churn_tellsOperationsAsWell() {
        // When
        List<Alert> alerts = after(facts("Blue Harbor Labs"), stageChanged(Stage.RENEWING, Stage.CHURNED));

        // Then
        assertThat(alerts)
                .extracting(
                        alert -> alert.kind().wireName(),
                        Alert::title,
                        alert -> alert.channel().topic())
                .containsExactly(
                        tuple("stage-changed", "Blue Harbor Labs churned", "alerts.customer-usage"),
                        tuple("churn", "Blue Harbor Labs churned from Renewing", "alerts.gtm-operations"));
    }

    @ParameterizedTest(name = "{0} of 250 users")
    @CsvSource({
        "125, Northwind Rail is at 50 % of 250 seats (125 users), 50, [team]",
        "200, Northwind Rail is at 80 % of 250 seats (200 users), 80, [team]",
        "228, Northwind Rail is at 91 % of 250 seats (228 users), 90, '[team, account-executive]'",
        "250, Northwind Rail is at 100 % of 250 seats (250 users), 100, '[team, account-executive]'",
        "301, Northwind Rail is at 120 % of 250 seats (301 users), 100, '[team, account-executive]'"
    })
    void seats_tellsOneAlertOfAJumpAndNamesTheHighestThreshold(
            int users, String title, int threshold, String audience) {
        // When
        Alert alert = theAlertAfter(facts("Northwind Rail"), usage(users, 250));

        // Then
        assertThat(alert.title()).isEqualTo(title);
        assertThat(alert.facts()).containsEntry("threshold", threshold).containsEntry("direction", "rising");
        assertThat(alert.audience()).hasToString(audience);
    }

    @Test
    void seats_listsAllThresholdsOfAJump() {
        // When
        Alert alert = theAlertAfter(usage(95, 100));

        // Then
        assertThat(alert.facts())
                .containsEntry("crossed", List.of(50, 80, 90))
                .containsEntry("mau", 95)
                .containsEntry("seats", 100)
                .containsEntry("why", "Utilization crossed 50 %, 80 % and 90 % upwards.");
    }

    @Test
    void seats_tellsTheFallBelowEighty() {
        // When
        List<Alert> alerts = after(facts("Northwind Rail"), usage(200, 250), usage(199, 250));

        // Then
        assertThat(alerts)
                .last()
                .satisfies(alert -> assertThat(alert.title())
                        .isEqualTo("Northwind Rail fell below 80 %: it is at 79 % of 250 seats (199 users)"))
                .satisfies(alert -> assertThat(alert.audience()).hasToString(TEAM));
    }

    @Test
    void seats_tellsOfAddressableUsersWhereSeatsAreUnlimited() {
        assertThat(theAlertAfter(unlimitedFacts("Northwind Rail"), usage(60, 100))
                        .title())
                .isEqualTo("Northwind Rail is at 60 % of 100 addressable users (60 users)");
    }

    @Test
    void seats_ignoresASummaryOlderThanTheLastOne() {
        // Given
        var first = usage(40, 100);
        var second = usage(60, 100);
        after(first, second);

        // When
        List<Alert> again = after(first, second);

        // Then
        assertThat(again).isEmpty();
    }

    @Test
    void usage_tellsThatTheTargetIsReachedAndLost() {
        // Given
        after(facts("Northwind Rail"), stageChanged(null, Stage.ONBOARDING));

        // When
        List<Alert> alerts = after(
                usageOn("2025-05-01", 40, 11.9),
                usageOn("2025-05-02", 40, 12.04),
                usageOn("2025-05-03", 40, 13),
                usageOn("2025-06-01", 45, 12.04));

        // Then
        assertThat(of("usage-target", alerts))
                .extracting(Alert::title, alert -> alert.facts().get("why"))
                .containsExactly(
                        tuple(
                                "Northwind Rail reached the usage target: 30 % of its monthly users are there on a day",
                                "A mean day of the last 28 had 12 of 40 monthly users; the target is 30 %."),
                        tuple(
                                "Northwind Rail fell below the usage target of 30 %: 26 % of its monthly users are"
                                        + " there on a day",
                                "A mean day of the last 28 had 12 of 45 monthly users; the target is 30 %."
                                        + " It needs 2 more daily users."));
    }

    @Test
    void usage_tellsNothingOfWhoIsNoCustomerAndForgetsOnChurn() {
        // When
        List<Alert> prospect = after(stageChanged(null, Stage.PROSPECT), usageOn("2025-03-15", 40, 20));
        List<Alert> customer = after(stageChanged(Stage.PROSPECT, Stage.ONBOARDING), usageOn("2025-03-16", 40, 20));
        List<Alert> back = after(
                stageChanged(Stage.RENEWING, Stage.CHURNED),
                stageChanged(Stage.CHURNED, Stage.ONBOARDING),
                usageOn("2025-03-17", 40, 8),
                usageOn("2025-03-18", 40, 20));

        // Then
        assertThat(of("usage-target", prospect)).isEmpty();
        assertThat(of("usage-target", customer)).hasSize(1);
        assertThat(of("usage-target", back))
                .extracting(alert -> alert.facts().get("direction"))
                .containsExactly("reached");
    }

    @Test
    void usage_isNotForgottenForAChurnOfLongAgo() {
        // Given
        var churn = stageChanged(Stage.RENEWING, Stage.CHURNED);
        after(churn, stageChanged(Stage.CHURNED, Stage.ONBOARDING), usageOn("2025-03-16", 40, 20));

        // When
        List<Alert> alerts = after(churn, usageOn("2025-03-17", 40, 21));

        // Then
        assertThat(of("usage-target", alerts)).isEmpty();
    }

    @Test
    void low_tellsOfferingTheMissingUsersFromDay45On() {
        // Given
        after(facts("Northwind Rail"), stageChanged(null, Stage.ONBOARDING));

        // When
        List<Alert> before = after(usageOn("2025-02-26", 40, 10));
        List<Alert> onTheDay = after(usageOn("2025-02-27", 40, 10));
        List<Alert> later = after(usageOn("2025-02-28", 41, 10), usageOn("2025-06-01", 30, 10));

        // Then
        assertThat(of("low-utilization", before)).isEmpty();
        assertThat(of("low-utilization", onTheDay))
                .extracting(Alert::title, alert -> alert.facts().get("why"))
                .containsExactly(tuple(
                        "Northwind Rail uses 40 % of 100 seats on day 45 of its term",
                        "That is below 80 %, on day 45 of the contract term or later. 80 % needs 40 more active"
                                + " users."));
        assertThat(of("low-utilization", later)).isEmpty();
    }

    @Test
    void low_isNotToldAtExactlyEightyPercentButWhenItIsLostLater() {
        // Given
        after(facts("Northwind Rail"), stageChanged(null, Stage.ONBOARDING));

        // When
        List<Alert> met = after(usageOn("2025-03-01", 80, 30));
        List<Alert> lost = after(usageOn("2025-08-01", 79, 30));

        // Then
        assertThat(of("low-utilization", met)).isEmpty();
        assertThat(of("low-utilization", lost)).hasSize(1);
    }

    @Test
    void low_isToldByTimeAloneWhenNothingChanges() {
        // Given
        after(facts("Northwind Rail"), stageChanged(null, Stage.ONBOARDING), usageOn("2025-02-15", 40, 10));
        Instant due = account.nextDue();

        // When
        List<Alert> alerts = after(tick("2025-02-27T01:00:00Z"), tick("2025-02-28T01:00:00Z"));

        // Then
        assertThat(due).isEqualTo("2025-02-27T01:00:00Z");
        assertThat(of("low-utilization", alerts))
                .extracting(Alert::at)
                .containsExactly(Instant.parse("2025-02-27T01:00:00Z"));
        assertThat(account.nextDue()).isNull();
    }

    @Test
    void low_waitsForTheMonthThatHasJustClosedToTheEndOfTheDay() {
        // Given
        after(facts("acme", "Northwind Rail", 100, "2025-01-15"), stageChanged(null, Stage.ONBOARDING));
        after(usageOn("2025-02-15", 40, 10));

        // When
        List<Alert> first = after(tick("2025-03-01T17:00:00Z"));
        List<Alert> next = after(tick("2025-03-02T00:00:00Z"));

        // Then
        assertThat(of("low-utilization", first)).isEmpty();
        assertThat(of("low-utilization", next)).hasSize(1);
    }

    @Test
    void low_isToldAgainInTheNextTerm() {
        // Given
        after(facts("Northwind Rail"), stageChanged(null, Stage.ONBOARDING), usageOn("2025-03-01", 40, 10));
        after(renewedUntil("2027-01-13"));

        // When
        List<Alert> before = after(usageOn("2026-02-26", 40, 10));
        List<Alert> onDay45 = after(usageOn("2026-02-27", 40, 10));

        // Then
        assertThat(of("low-utilization", before)).isEmpty();
        assertThat(of("low-utilization", onDay45))
                .extracting(alert -> alert.facts().get("termStartedOn"))
                .containsExactly("2026-01-13");
    }

    @Test
    void low_saysNothingOfTheUnknown() {
        // Given
        after(facts("Northwind Rail"), stageChanged(null, Stage.ONBOARDING));

        // Then
        assertThat(after(tick("2025-02-27T01:00:00Z"), tick("2025-02-28T01:00:00Z")))
                .isEmpty();
        assertThat(account.nextDue()).isNull();
    }

    @Test
    void health_tellsBothLevelsAndWhy() {
        // When
        Alert alert = theAlertAfter(facts("Northwind Rail"), health(HealthLevel.CONCERNING, HealthLevel.POOR, 2.1));

        // Then
        assertThat(alert.kind().wireName()).isEqualTo("health-changed");
        assertThat(alert.title()).isEqualTo("Northwind Rail's health is poor, it was concerning");
        assertThat(alert.facts())
                .containsEntry("from", "concerning")
                .containsEntry("to", "poor")
                .containsEntry("score", 2.1)
                .containsEntry("policyVersion", "3")
                .containsEntry("why", "MAU by seats fell from 62 % to 38 %.")
                .containsEntry(
                        "measures",
                        List.of(
                                Map.of(
                                        "category", "utilization",
                                        "name", "mau-by-seats",
                                        "value", 0.38,
                                        "points", 0,
                                        "why", "below 50 %"),
                                Map.of("category", "technical", "name", "help-tickets", "why", "nobody has said")));
    }

    @Test
    void silence_tellsOnceForEachSilenceOfAnInstance() {
        // When
        List<Alert> alerts = after(
                facts("Northwind Rail"),
                silent("rail-prod", "2025-08-12T16:30:00Z"),
                silent("rail-prod", "2025-08-12T16:30:00Z"),
                silent("rail-prod", "2025-10-01T16:30:00Z"));

        // Then
        assertThat(alerts)
                .extracting(Alert::title)
                .containsOnly("Northwind Rail's instance rail-prod is silent: no ping for 4 days");
        assertThat(alerts.get(0).facts())
                .containsEntry(
                        "why",
                        "The last ping came at 2025-08-12 16:30 UTC."
                                + " Until another one comes, what is used there is not known.");
        assertThat(alerts)
                .extracting(Alert::id)
                .hasSize(3)
                .containsOnly(alerts.get(0).id(), alerts.get(2).id());
        assertThat(alerts.get(2).id()).isNotEqualTo(alerts.get(0).id());
    }

    @Test
    void segments_canHaveNumbersOfTheirOwn() {
        // Given
        Rules own = new Rules(
                POLICY.rules().routes(),
                Set.of(),
                POLICY.rules().seats(),
                90,
                POLICY.rules().usageTarget(),
                new LowUtilization(80, 30),
                Set.of(HealthLevel.POOR));
        AlertPolicy policy = new AlertPolicy(
                "8",
                POLICY.channels(),
                POLICY.rules(),
                Map.of(Segment.DIGITAL, own),
                POLICY.acknowledgedFor(),
                POLICY.digest());
        AlertRules digital = new AlertRules(policy, id -> "/accounts/" + id);
        Account customer = Account.unseen("acme");
        List<Alert> alerts = new ArrayList<>();

        // When
        for (Event<?> event : List.of(
                facts("Northwind Rail"),
                stageChanged(Stage.ADOPTING, Stage.RENEWING),
                usageOn("2025-02-15", 40, 10),
                health(HealthLevel.HEALTHY, HealthLevel.CONCERNING, 5.0))) {
            AlertRules.Decision decision = digital.decide(event, customer);
            customer = decision.account();
            alerts.addAll(decision.alerts());
        }

        // Then
        assertThat(alerts)
                .extracting(alert -> alert.kind().wireName(), Alert::audience)
                .containsExactly(tuple("stage-changed", List.of("team")), tuple("low-utilization", List.of("team")));
        assertThat(alerts.get(0).facts()).containsEntry("alertPolicyVersion", "8");
    }

    @Test
    void feature_tellsItsFirstUse() {
        // When
        Alert alert = theAlertAfter(
                facts("Blue Harbor Labs"),
                event(EventType.FEATURE_FIRST_USED, new FeatureFirstUsed("acme", DAY, "batch-changes", "ping")));

        // Then
        assertThat(alert.title()).isEqualTo("Blue Harbor Labs used batch-changes for the first time");
        assertThat(alert.facts()).containsEntry("feature", "batch-changes").containsEntry("source", "ping");
    }

    @Test
    void goal_tellsThatItWasMissed() {
        // When
        Alert alert = theAlertAfter(
                facts("Blue Harbor Labs"),
                event(EventType.GOAL_MISSED, new GoalMissed("acme", DAY, 0.34, 0.5, 34, 100)));

        // Then
        assertThat(alert.kind().wireName()).isEqualTo("onboarding-goal-missed");
        assertThat(alert.title())
                .isEqualTo("Blue Harbor Labs missed its onboarding goal: 34 % of 100 seats, the goal is 50 %");
        assertThat(alert.facts()).containsEntry("why", "The goal needed 16 more active users.");
    }

    @Test
    void goal_isSilentWhenItWasMetOrNobodyKnows() {
        assertThat(after(
                        event(EventType.GOAL_MET, new GoalMet("acme", DAY, 0.5, 0.5, 50, 100)),
                        event(EventType.GOAL_UNKNOWN, new GoalUnknown("acme", DAY, "no closed month"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "no-contact-for-role: instance-admin, has no instance admin: admin-onboarding mails are not sent",
        "no-contact-for-role instance-admin,  has no instance admin: admin-onboarding mails are not sent",
        "no-contact-for-role,                 has no contact in a required role: admin-onboarding mails are not sent"
    })
    void blocked_tellsWhichRoleIsMissing(String reason, String title) {
        assertThat(theAlertAfter(facts("Blue Harbor Labs"), suppressed("day-0", reason))
                        .title())
                .isEqualTo("Blue Harbor Labs " + title);
    }

    @Test
    void blocked_isOneFactForAllMailsOfASequence() {
        // When
        List<Alert> alerts = after(
                suppressed("day-0", "no-contact-for-role: instance-admin"),
                suppressed("day-3", "no-contact-for-role: instance-admin"));

        // Then
        assertThat(alerts.get(0).id()).isEqualTo(alerts.get(1).id());
    }

    @Test
    void blocked_isSilentWhenAMailIsSuppressedForAnotherReason() {
        assertThat(after(suppressed("day-0", "unsubscribed"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HELP_REQUESTED,     help-requested,     Blue Harbor Labs asks for help",
        "TRAINING_REQUESTED, training-requested, Blue Harbor Labs asks for a training",
        "MEETING_REQUESTED,  meeting-requested,  Blue Harbor Labs asks for a meeting",
        "SURVEY_ANSWERED,    survey-answered,    Blue Harbor Labs answered the survey: 9 of 10"
    })
    void answers_goToThoseWhoAnswer(EventType type, String kind, String title) {
        // When
        Alert alert = theAlertAfter(
                facts("Blue Harbor Labs"),
                event(
                        type,
                        new ContactResponse(
                                "acme", "c-1", "check-in-30-day", "2025-02-01", DAY, 9, "Good so far", null)));

        // Then
        assertThat(alert.kind().wireName()).isEqualTo(kind);
        assertThat(alert.title()).isEqualTo(title);
        assertThat(alert.channel().name()).isEqualTo("#discuss-scaled-success");
        assertThat(alert.channel().topic()).isEqualTo("alerts.scaled-success");
        assertThat(alert.facts()).containsAllEntriesOf(Map.of("contact", "c-1", "comment", "Good so far"));
    }

    @Test
    void answers_anUnsubscriptionIsNoAlert() {
        assertThat(after(event(
                        EventType.UNSUBSCRIBED,
                        new ContactResponse("acme", "c-1", "check-in-30-day", null, DAY, null, null, null))))
                .isEmpty();
    }

    @Test
    void decidesTheSameTwice() {
        // Given
        var change = stageChanged(Stage.ONBOARDING, Stage.ADOPTING);

        // When
        Alert first = theAlertAfter(change);
        Alert second = theAlertAfter(change);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void becomesAnEventOfTheContract() {
        // Given
        var change = stageChanged(Stage.ONBOARDING, Stage.ADOPTING);

        // When
        Event<AlertRaised> event = theAlertAfter(change).toEvent();

        // Then
        assertThat(event.type()).isEqualTo(EventType.ALERT_RAISED);
        assertThat(event.topic()).isEqualTo("alerts.customer-usage");
        assertThat(event.account()).isEqualTo("acme");
        assertThat(event.time()).isEqualTo(change.time());
        assertThat(event.causationId()).isEqualTo(change.id());
        assertThat(event.data().causedBy()).isEqualTo(change.id());
    }
}
