package dev.stagecoach.lifecycle.explain;

import static dev.stagecoach.events.Stage.ADOPTING;
import static dev.stagecoach.events.Stage.NURTURING;
import static dev.stagecoach.events.Stage.RENEWING;
import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.Customer.openDeal;
import static dev.stagecoach.lifecycle.Fixtures.POLICY;
import static dev.stagecoach.lifecycle.Fixtures.PULSE;
import static dev.stagecoach.lifecycle.Fixtures.USAGE;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Input;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.explain.Why.LookedAt;
import dev.stagecoach.lifecycle.explain.Why.SetByHand;
import dev.stagecoach.lifecycle.explain.Why.Usage;
import dev.stagecoach.lifecycle.explain.Why.Utilization;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.MilestonePolicy;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.usage.Count;
import dev.stagecoach.lifecycle.usage.Source;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainAccountTest {
    private static final YearMonth NOVEMBER = YearMonth.parse("2025-11");

    @Test
    void saysEverythingAboutAnAccountThatIsShortOfATarget() {
        // Given
        AccountFacts facts = customer().renewsOn(day(365)).facts();

        // When
        Why why = ExplainAccount.of(POLICY, facts, figures(68, 34), in(ADOPTING), tickOf(day(100)));

        // Then
        assertThat(why.stage()).isEqualTo(ADOPTING);
        assertThat(why.since()).isEqualTo(day(60));
        assertThat(why.clause()).isEqualTo("targets-not-met");
        assertThat(why.byHand()).isNull();
        assertThat(why.inputs()).contains(new Input("utilization", 0.68, 0.8), new Input("day", 100L, 60));
        assertThat(why.clauses())
                .extracting(LookedAt::clause)
                .containsExactly(
                        "contract-closed",
                        "term-ended",
                        "renewal-near",
                        "targets-met",
                        "nurturing-kept",
                        "targets-not-met");
        assertThat(why.clauses())
                .contains(
                        new LookedAt("targets-met", false, "needs 12 more active users for 80 %"),
                        new LookedAt("targets-not-met", true, null));
        assertThat(why.nearestMiss()).isEqualTo(new NearestMiss("targets-met", "needs 12 more active users for 80 %"));
        assertThat(why.next()).isEqualTo(new StageAhead(day(245), ADOPTING, RENEWING, "renewal-near"));
        assertThat(why.policyVersion()).isEqualTo("v1");
        assertThat(why.asOf()).isEqualTo(tickOf(day(100)));
    }

    @Test
    void saysWhereTheUsageComesFrom() {
        // When
        Why why = ExplainAccount.of(POLICY, customer().facts(), figures(68, 34), in(ADOPTING), tickOf(day(100)));

        // Then
        assertThat(why.metrics().source()).isEqualTo("event");
        assertThat(why.metrics().definition()).isEqualTo("last-closed-month");
        assertThat(why.metrics().month()).isEqualTo(NOVEMBER);
        assertThat(why.metrics().utilization()).isEqualTo(new Utilization(0.68, 0.8, 68, 100, null));
        assertThat(why.metrics().usage()).isEqualTo(new Usage(0.5, 0.3, 34.0, 28, 28, 20, null));
    }

    @Test
    void saysWhyUsageIsUnknown() {
        // When
        Why why = ExplainAccount.of(
                POLICY,
                customer().facts(),
                new UsageFigures(
                        MonthDefinition.LAST_CLOSED_MONTH,
                        NOVEMBER,
                        Source.PING,
                        new Count(null, "no ping in 2025-11"),
                        new Count(100, ""),
                        120,
                        12,
                        "daily users are known for 12 of the last 28 days (20 are needed)",
                        null,
                        null),
                in(ADOPTING),
                tickOf(day(100)));

        // Then
        assertThat(why.metrics().utilization()).isEqualTo(new Utilization(null, 0.8, null, 100, "no ping in 2025-11"));
        assertThat(why.metrics().usage())
                .isEqualTo(new Usage(
                        null,
                        0.3,
                        null,
                        28,
                        12,
                        20,
                        "daily users are known for 12 of the last 28 days (20 are needed)"));
        assertThat(why.next()).isNull();
    }

    @Test
    void saysWhoSetAStageAndWhatTheRulesSayMeanwhile() {
        // Given
        AccountFacts facts = customer().byHand(NURTURING, day(120)).facts();
        Journey journey = journey(NURTURING, ADOPTING);

        // When
        Why why = ExplainAccount.of(POLICY, facts, figures(68, 34), journey, tickOf(day(120)));

        // Then
        assertThat(why.stage()).isEqualTo(NURTURING);
        assertThat(why.clause()).isEqualTo("set-by-hand");
        assertThat(why.byHand())
                .isEqualTo(new SetByHand(
                        NURTURING,
                        "dana@team.example",
                        "agreed with the customer",
                        day(120),
                        ADOPTING,
                        "targets-not-met"));
        assertThat(why.nearestMiss()).isEqualTo(new NearestMiss("targets-met", "needs 12 more active users for 80 %"));
        assertThat(why.next()).isEqualTo(new StageAhead(day(121), NURTURING, ADOPTING, "targets-not-met"));
    }

    @Test
    void explainsADealWithoutAStage() {
        // When
        Why why = ExplainAccount.of(
                POLICY, openDeal().expectedOn(day(46)).facts(), figures(0, 0), Journey.NONE, tickOf(CLOSE));

        // Then
        assertThat(why.stage()).isNull();
        assertThat(why.clause()).isEqualTo("close-far-away");
        assertThat(why.next()).isEqualTo(new StageAhead(day(1), null, Stage.PROSPECT, "close-near"));
    }

    @Test
    void asksTheRulesOfTheSegment() {
        // Given
        StagePolicy stricter = new StagePolicy(45, 60, 120, 30, 0.9, 0.4, 0.5, false);
        Policy policy = new Policy(
                "v2",
                POLICY.defaults(),
                Map.of(Segment.SCALED, new Rules(stricter, USAGE, new MilestonePolicy(7, 500), PULSE)));

        // When
        Why scaled = ExplainAccount.of(
                policy, customer().in(Segment.SCALED).facts(), figures(68, 34), in(ADOPTING), tickOf(day(100)));
        Why digital = ExplainAccount.of(
                policy, customer().in(Segment.DIGITAL).facts(), figures(68, 34), in(ADOPTING), tickOf(day(100)));

        // Then
        assertThat(scaled.nearestMiss())
                .isEqualTo(new NearestMiss("targets-met", "needs 22 more active users for 90 %"));
        assertThat(scaled.metrics().utilization().target()).isEqualTo(0.9);
        assertThat(digital.nearestMiss())
                .isEqualTo(new NearestMiss("targets-met", "needs 12 more active users for 80 %"));
    }

    private static Journey in(Stage stage) {
        return journey(stage, stage);
    }

    private static Journey journey(Stage stage, Stage byRule) {
        return new Journey(
                stage,
                day(60),
                byRule,
                CLOSE,
                3,
                Journey.NONE.utilization(),
                Journey.NONE.usage(),
                true,
                Map.of(),
                HealthStanding.NONE,
                null);
    }

    private static UsageFigures figures(int mau, int dau) {
        return new UsageFigures(
                MonthDefinition.LAST_CLOSED_MONTH,
                NOVEMBER,
                Source.EVENT,
                new Count(mau, ""),
                new Count(100, ""),
                28L * dau,
                28,
                "",
                mau,
                null);
    }
}
