package dev.stagecoach.lifecycle.stage;

import static dev.stagecoach.events.Stage.ADOPTING;
import static dev.stagecoach.events.Stage.CHURNED;
import static dev.stagecoach.events.Stage.NURTURING;
import static dev.stagecoach.events.Stage.ONBOARDING;
import static dev.stagecoach.events.Stage.PROSPECT;
import static dev.stagecoach.events.Stage.RENEWING;
import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.Customer.openDeal;
import static dev.stagecoach.lifecycle.Fixtures.FALLING_BACK;
import static dev.stagecoach.lifecycle.Fixtures.STAGES;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Input;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.Fixtures.Customer;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.usage.Count;
import dev.stagecoach.lifecycle.usage.Source;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row and boundary of the stage table in {@code docs/rules.md}; each case carries the id of its rule. */
class StageRulesTest {
    private static final LocalDate TODAY = LocalDate.parse("2025-03-10");
    private static final LocalDate RENEWAL = day(365);

    private static final UsageFigures UNKNOWN = figures(null, 100, 0, 0);
    /** 85 of 100 seats, a mean of 34 a day: both targets met. */
    private static final UsageFigures TARGETS_MET = figures(85, 100, 28 * 34, 28);

    private static final UsageFigures LOW = figures(40, 100, 28 * 4, 28);

    record Case(
            String rule,
            StagePolicy policy,
            AccountFacts facts,
            UsageFigures figures,
            Standing standing,
            LocalDate today,
            Stage expected,
            Clause clause) {
        @Override
        public String toString() {
            return rule;
        }
    }

    /** A case of an account that may have been somewhere before. */
    private static final class On {
        private final String rule;
        private final LocalDate today;
        private Customer customer = customer().renewsOn(RENEWAL);
        private UsageFigures figures = UNKNOWN;
        private Standing standing = Standing.NONE;
        private StagePolicy policy = STAGES;

        On(String rule, LocalDate today) {
            this.rule = rule;
            this.today = today;
        }

        static On day(String rule, int n) {
            return new On(rule, CLOSE.plusDays(n));
        }

        static On today(String rule) {
            return new On(rule, TODAY);
        }

        On of(Customer other) {
            customer = other;
            return this;
        }

        On with(UsageFigures other) {
            figures = other;
            return this;
        }

        On under(StagePolicy other) {
            policy = other;
            return this;
        }

        On from(Stage stage) {
            return from(stage, stage == PROSPECT ? null : CLOSE);
        }

        On from(Stage stage, LocalDate startedOn) {
            standing = new Standing(stage, startedOn);
            return this;
        }

        Case is(Stage expected, Clause clause) {
            return new Case(rule, policy, customer.facts(), figures, standing, today, expected, clause);
        }
    }

    static Stream<Case> beforeTheContract() {
        return Stream.of(
                On.today("stage-none: expected close 46 days away")
                        .of(openDeal().expectedOn(TODAY.plusDays(46)))
                        .is(null, Clause.CLOSE_FAR_AWAY),
                On.today("stage-none: no expected close, no contract")
                        .of(openDeal())
                        .is(null, Clause.CLOSE_FAR_AWAY),
                On.today("stage-none: usage of a trial changes nothing")
                        .of(openDeal().expectedOn(TODAY.plusDays(46)))
                        .with(TARGETS_MET)
                        .is(null, Clause.CLOSE_FAR_AWAY),
                On.today("stage-0 prospect: expected close exactly 45 days away")
                        .of(openDeal().expectedOn(TODAY.plusDays(45)))
                        .is(PROSPECT, Clause.CLOSE_NEAR),
                On.today("stage-0 prospect: expected close today")
                        .of(openDeal().expectedOn(TODAY))
                        .is(PROSPECT, Clause.CLOSE_NEAR),
                On.today("stage-0 prospect: expected close in the past")
                        .of(openDeal().expectedOn(TODAY.minusDays(200)))
                        .is(PROSPECT, Clause.CLOSE_NEAR),
                On.today("stage-0 prospect: the date slips beyond 45 days")
                        .of(openDeal().expectedOn(TODAY.plusDays(90)))
                        .from(PROSPECT)
                        .is(PROSPECT, Clause.STAYS_PROSPECT),
                On.today("stage-0 prospect: the date is taken back")
                        .of(openDeal())
                        .from(PROSPECT)
                        .is(PROSPECT, Clause.STAYS_PROSPECT),
                On.today("stage-0 prospect: the contract closes 45 days from now")
                        .of(openDeal().closedOn(TODAY.plusDays(45)))
                        .is(PROSPECT, Clause.CLOSE_NEAR),
                On.today("stage-none: the contract closes 46 days from now")
                        .of(openDeal().closedOn(TODAY.plusDays(46)))
                        .is(null, Clause.CLOSE_FAR_AWAY),
                On.today("stage-0 prospect: the contract closes tomorrow")
                        .of(openDeal().closedOn(TODAY.plusDays(1)))
                        .from(PROSPECT, TODAY.plusDays(1))
                        .is(PROSPECT, Clause.CLOSE_NEAR),
                On.today("stage-0 prospect: usage of a trial changes nothing")
                        .of(openDeal().expectedOn(TODAY.plusDays(10)))
                        .with(TARGETS_MET)
                        .from(PROSPECT)
                        .is(PROSPECT, Clause.CLOSE_NEAR));
    }

    static Stream<Case> onboarding() {
        return Stream.of(
                On.day("stage-1 onboarding: day 0", 0).from(PROSPECT).is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-1 onboarding: day 0 of an account nobody told of before", 0)
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-1 onboarding: the contract wins over an expected close", 0)
                        .of(customer().expectedOn(day(90)))
                        .from(PROSPECT)
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-1 onboarding: day 59", 59).from(ONBOARDING).is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-1 onboarding: targets met on day 20 do not end it", 20)
                        .with(TARGETS_MET)
                        .from(ONBOARDING)
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-1 onboarding: day 59 wins over a renewal 31 days away", 59)
                        .of(customer().renewsOn(day(90)))
                        .from(ONBOARDING)
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-1 onboarding: a 30-day contract is over, the 60 days are not", 40)
                        .of(customer().renewsOn(day(30)))
                        .from(ONBOARDING)
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-1 onboarding: day 59 of an account nobody told of before", 59)
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-1 onboarding: the close date is corrected to 10 days later", 65)
                        .of(customer().closedOn(day(10)))
                        .from(ONBOARDING)
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-1 onboarding: the close date is corrected to 70 days ago", 40)
                        .of(customer().closedOn(day(-30)))
                        .from(ONBOARDING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                On.day("stage-1 onboarding: the close date is taken back", 40)
                        .of(openDeal())
                        .from(ONBOARDING)
                        .is(ONBOARDING, Clause.FACTS_INCOMPLETE),
                On.day("stage-1 onboarding: the close date is corrected into the future", 40)
                        .of(customer().closedOn(day(50)))
                        .from(ONBOARDING)
                        .is(ONBOARDING, Clause.FACTS_INCOMPLETE));
    }

    static Stream<Case> fromDay60() {
        return Stream.of(
                On.day("stage-2 adopting: day 60, usage unknown", 60)
                        .from(ONBOARDING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                On.day("stage-2 adopting: day 60, usage low", 60)
                        .with(LOW)
                        .from(ONBOARDING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                On.day("stage-3 nurturing: straight from onboarding on day 60", 60)
                        .with(TARGETS_MET)
                        .from(ONBOARDING)
                        .is(NURTURING, Clause.TARGETS_MET),
                On.day("stage-3 nurturing: an account nobody told of before", 100)
                        .with(TARGETS_MET)
                        .is(NURTURING, Clause.TARGETS_MET),
                On.day("stage-4 renewing: day 60 of a 90-day contract", 60)
                        .of(customer().renewsOn(day(90)))
                        .with(TARGETS_MET)
                        .from(ONBOARDING)
                        .is(RENEWING, Clause.RENEWAL_NEAR),
                On.day("stage-churned: day 60 of a 30-day contract", 60)
                        .of(customer().renewsOn(day(30)))
                        .from(ONBOARDING)
                        .is(CHURNED, Clause.TERM_ENDED),
                On.day("stage-2 adopting: a later close date is a renewal's and starts nothing anew", 70)
                        .of(customer().closedOn(day(65)).renewsOn(day(65 + 365)))
                        .from(ADOPTING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                On.day("stage-2 adopting: the close date is corrected to 20 days later, onboarding is over", 65)
                        .of(customer().closedOn(day(20)))
                        .from(ADOPTING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                On.day("stage-2 adopting: the close date is taken back", 70)
                        .of(openDeal().renewsOn(RENEWAL))
                        .from(ADOPTING)
                        .is(ADOPTING, Clause.FACTS_INCOMPLETE),
                On.day("stage-3 nurturing: the close date is corrected to 20 days later", 70)
                        .of(customer().closedOn(day(20)))
                        .with(TARGETS_MET)
                        .from(NURTURING)
                        .is(NURTURING, Clause.TARGETS_MET));
    }

    static Stream<Case> targets() {
        return Stream.of(
                targets("stage-3 nurturing: exactly 80 % and exactly 30 %", figures(80, 100, 28 * 24, 28), NURTURING),
                targets("stage-3 nurturing: 79 of 100", figures(79, 100, 28 * 40, 28), ADOPTING),
                targets("stage-3 nurturing: 79.9 %", figures(799, 1000, 28 * 400, 28), ADOPTING),
                targets("stage-3 nurturing: 4 of 5 is 80 %", figures(4, 5, 28 * 4, 28), NURTURING),
                targets("stage-3 nurturing: 28 of 35 is 80 %", figures(28, 35, 28 * 28, 28), NURTURING),
                targets(
                        "stage-3 nurturing: 79,999,999 of 100 million",
                        figures(79_999_999, 100_000_000, 28L * 79_000_000, 28),
                        ADOPTING),
                targets("stage-3 nurturing: 29.9 %", figures(1000, 1000, 28 * 299, 28), ADOPTING),
                targets(
                        "stage-3 nurturing: one user-day short of 30 %",
                        figures(1000, 1000, 28 * 300 - 1, 28), ADOPTING),
                targets("stage-3 nurturing: 30 % of 90 on 20 known days", figures(90, 100, 20 * 27, 20), NURTURING),
                targets("stage-3 nurturing: 30 % of 7 over 10 days", figures(7, 7, 21, 10), NURTURING),
                targets("stage-3 nurturing: over 100 %", figures(140, 100, 28 * 50, 28), NURTURING),
                targets("stage-2 adopting: over 100 % seats, too few a day", figures(140, 100, 28 * 41, 28), ADOPTING),
                targets("stage-3 nurturing: the whole month unknown", UNKNOWN, ADOPTING),
                targets("stage-3 nurturing: seats unknown", figures(85, null, 28 * 34, 28), ADOPTING),
                targets("stage-3 nurturing: daily users unknown", withoutDau(95, 100), ADOPTING),
                targets("stage-3 nurturing: nobody in the month", figures(0, 100, 0, 28), ADOPTING));
    }

    private static Case targets(String rule, UsageFigures figures, Stage expected) {
        return On.day(rule, 100)
                .with(figures)
                .from(ADOPTING)
                .is(expected, expected == NURTURING ? Clause.TARGETS_MET : Clause.TARGETS_NOT_MET);
    }

    static Stream<Case> latch() {
        return Stream.of(
                On.day("stage-3 nurturing is kept: usage falls", 120)
                        .with(LOW)
                        .from(NURTURING)
                        .is(NURTURING, Clause.NURTURING_KEPT),
                On.day("stage-3 nurturing is kept: usage becomes unknown", 120)
                        .with(UNKNOWN)
                        .from(NURTURING)
                        .is(NURTURING, Clause.NURTURING_KEPT),
                On.day("stage-3 nurturing falls back where the policy says so", 120)
                        .with(LOW)
                        .under(FALLING_BACK)
                        .from(NURTURING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                On.day("stage-3 nurturing falls back: one target is enough", 120)
                        .with(figures(90, 100, 28 * 20, 28))
                        .under(FALLING_BACK)
                        .from(NURTURING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                On.day("stage-3 nurturing falls back: not at exactly 80 % and 30 %", 120)
                        .with(figures(80, 100, 28 * 24, 28))
                        .under(FALLING_BACK)
                        .from(NURTURING)
                        .is(NURTURING, Clause.TARGETS_MET),
                On.day("stage-3 nurturing falls back: unknown moves no stage", 120)
                        .with(UNKNOWN)
                        .under(FALLING_BACK)
                        .from(NURTURING)
                        .is(NURTURING, Clause.NURTURING_KEPT),
                On.day("stage-3 nurturing falls back: daily users unknown, utilization held", 120)
                        .with(withoutDau(95, 100))
                        .under(FALLING_BACK)
                        .from(NURTURING)
                        .is(NURTURING, Clause.NURTURING_KEPT),
                On.day("stage-3 nurturing falls back: daily users unknown, utilization low", 120)
                        .with(withoutDau(40, 100))
                        .under(FALLING_BACK)
                        .from(NURTURING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET));
    }

    static Stream<Case> renewal() {
        LocalDate near = RENEWAL.minusDays(120);
        return Stream.of(
                new On("stage-4 renewing: 121 days to the renewal", near.minusDays(1))
                        .from(ADOPTING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                new On("stage-4 renewing: exactly 120 days to the renewal", near)
                        .from(ADOPTING)
                        .is(RENEWING, Clause.RENEWAL_NEAR),
                new On("stage-4 renewing: wins over targets met", near)
                        .with(TARGETS_MET)
                        .from(NURTURING)
                        .is(RENEWING, Clause.RENEWAL_NEAR),
                new On("stage-4 renewing: 121 days, targets met", near.minusDays(1))
                        .with(TARGETS_MET)
                        .from(ADOPTING)
                        .is(NURTURING, Clause.TARGETS_MET),
                new On("stage-4 renewing: on the renewal date itself", RENEWAL)
                        .from(RENEWING)
                        .is(RENEWING, Clause.RENEWAL_NEAR),
                new On("stage-4 renewing: renewed, targets met", RENEWAL.minusDays(30))
                        .of(customer().renewsOn(RENEWAL.plusDays(365)))
                        .with(TARGETS_MET)
                        .from(RENEWING)
                        .is(NURTURING, Clause.TARGETS_MET),
                new On("stage-4 renewing: renewed, targets not met", RENEWAL.minusDays(30))
                        .of(customer().renewsOn(RENEWAL.plusDays(365)))
                        .with(LOW)
                        .from(RENEWING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                new On("stage-4 renewing: renewed, usage unknown", RENEWAL.minusDays(30))
                        .of(customer().renewsOn(RENEWAL.plusDays(365)))
                        .from(RENEWING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                new On(
                                "stage-4 renewing: renewed with a contract of its own, never onboarding again",
                                RENEWAL.plusDays(1))
                        .of(customer().closedOn(RENEWAL).renewsOn(RENEWAL.plusDays(365)))
                        .with(LOW)
                        .from(RENEWING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                new On("stage-4 renewing: renewed for 120 days only", RENEWAL)
                        .of(customer().renewsOn(RENEWAL.plusDays(120)))
                        .with(TARGETS_MET)
                        .from(RENEWING)
                        .is(RENEWING, Clause.RENEWAL_NEAR),
                new On("stage-4 renewing: renewed for 121 days", RENEWAL)
                        .of(customer().renewsOn(RENEWAL.plusDays(121)))
                        .with(TARGETS_MET)
                        .from(RENEWING)
                        .is(NURTURING, Clause.TARGETS_MET),
                On.day("stage-4 renewing: a contract without a renewal date never is", 5_000)
                        .of(customer())
                        .from(ADOPTING)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET));
    }

    static Stream<Case> churn() {
        return Stream.of(
                new On("stage-churned: the day after the term", RENEWAL.plusDays(1))
                        .from(RENEWING)
                        .is(CHURNED, Clause.TERM_ENDED),
                new On("stage-churned: targets met do not help", RENEWAL.plusDays(1))
                        .with(TARGETS_MET)
                        .from(RENEWING)
                        .is(CHURNED, Clause.TERM_ENDED),
                new On("stage-churned: an account nobody told of before", RENEWAL.plusDays(1))
                        .is(CHURNED, Clause.TERM_ENDED),
                new On("stage-churned: extended by 0 days", RENEWAL.plusDays(1))
                        .of(customer().renewsOn(RENEWAL).extendedUntil(RENEWAL))
                        .from(RENEWING)
                        .is(CHURNED, Clause.TERM_ENDED),
                new On("stage-churned: extended by 30 days, on the 30th", RENEWAL.plusDays(30))
                        .of(customer().renewsOn(RENEWAL).extendedUntil(RENEWAL.plusDays(30)))
                        .from(RENEWING)
                        .is(RENEWING, Clause.RENEWAL_NEAR),
                new On("stage-churned: extended by 30 days, on the 31st", RENEWAL.plusDays(31))
                        .of(customer().renewsOn(RENEWAL).extendedUntil(RENEWAL.plusDays(30)))
                        .from(RENEWING)
                        .is(CHURNED, Clause.TERM_ENDED),
                new On("stage-churned: extended by 31 days counts as 30", RENEWAL.plusDays(31))
                        .of(customer().renewsOn(RENEWAL).extendedUntil(RENEWAL.plusDays(31)))
                        .from(RENEWING)
                        .is(CHURNED, Clause.TERM_ENDED),
                new On("stage-churned: an extension of the term before is no longer one", RENEWAL.plusDays(1))
                        .of(customer().renewsOn(RENEWAL).extendedUntil(RENEWAL.minusDays(300)))
                        .from(RENEWING)
                        .is(CHURNED, Clause.TERM_ENDED),
                new On("stage-churned: stays so without a new contract", RENEWAL.plusDays(500))
                        .from(CHURNED)
                        .is(CHURNED, Clause.TERM_ENDED),
                new On("stage-churned: a renewal recorded late, targets met", RENEWAL.plusDays(10))
                        .of(customer().renewsOn(RENEWAL.plusDays(365)))
                        .with(TARGETS_MET)
                        .from(CHURNED)
                        .is(NURTURING, Clause.TARGETS_MET),
                new On("stage-churned: a renewal recorded late, usage unknown", RENEWAL.plusDays(10))
                        .of(customer().renewsOn(RENEWAL.plusDays(365)))
                        .from(CHURNED)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                new On("stage-churned: a short renewal recorded late", RENEWAL.plusDays(10))
                        .of(customer().renewsOn(RENEWAL.plusDays(90)))
                        .from(CHURNED)
                        .is(RENEWING, Clause.RENEWAL_NEAR),
                new On("stage-1 onboarding: a churned account comes back", RENEWAL.plusDays(100))
                        .of(customer().closedOn(RENEWAL.plusDays(100)).renewsOn(RENEWAL.plusDays(465)))
                        .with(TARGETS_MET)
                        .from(CHURNED)
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                new On("stage-1 onboarding: day 59 after it came back", RENEWAL.plusDays(159))
                        .of(customer().closedOn(RENEWAL.plusDays(100)).renewsOn(RENEWAL.plusDays(465)))
                        .from(ONBOARDING, RENEWAL.plusDays(100))
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                new On("stage-2 adopting: day 60 after it came back", RENEWAL.plusDays(160))
                        .of(customer().closedOn(RENEWAL.plusDays(100)).renewsOn(RENEWAL.plusDays(465)))
                        .from(ONBOARDING, RENEWAL.plusDays(100))
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                new On("stage-churned: the new contract closes tomorrow", RENEWAL.plusDays(99))
                        .of(customer().closedOn(RENEWAL.plusDays(100)).renewsOn(RENEWAL.plusDays(465)))
                        .from(CHURNED)
                        .is(CHURNED, Clause.FACTS_INCOMPLETE),
                On.day("stage-churned: recorded today, long before the term's end", 200)
                        .of(customer().renewsOn(RENEWAL).churnedOn(CLOSE.plusDays(200)))
                        .with(TARGETS_MET)
                        .from(NURTURING)
                        .is(CHURNED, Clause.CHURN_RECORDED),
                On.day("stage-churned: recorded for tomorrow", 199)
                        .of(customer().renewsOn(RENEWAL).churnedOn(CLOSE.plusDays(200)))
                        .with(TARGETS_MET)
                        .from(NURTURING)
                        .is(NURTURING, Clause.TARGETS_MET),
                On.day("stage-churned: recorded in Onboarding", 20)
                        .of(customer().renewsOn(RENEWAL).churnedOn(CLOSE.plusDays(20)))
                        .from(ONBOARDING)
                        .is(CHURNED, Clause.CHURN_RECORDED),
                On.day("stage-1 onboarding: a contract that closed after the recorded churn", 100)
                        .of(customer().closedOn(CLOSE.plusDays(100)).churnedOn(CLOSE.plusDays(99)))
                        .from(CHURNED)
                        .is(ONBOARDING, Clause.CONTRACT_CLOSED),
                On.day("stage-2 adopting: a recorded churn was taken back", 200)
                        .of(customer().renewsOn(RENEWAL))
                        .from(CHURNED)
                        .is(ADOPTING, Clause.TARGETS_NOT_MET),
                new On("stage-churned: a new opportunity is no contract", RENEWAL.plusDays(100))
                        .of(customer().renewsOn(RENEWAL).expectedOn(RENEWAL.plusDays(110)))
                        .from(CHURNED)
                        .is(CHURNED, Clause.TERM_ENDED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"beforeTheContract", "onboarding", "fromDay60", "targets", "latch", "renewal", "churn"})
    void theFirstClauseThatHoldsDecides(Case row) {
        // When
        StageVerdict verdict =
                StageRules.verdict(row.policy(), row.facts(), row.figures(), row.standing(), row.today());

        // Then
        assertThat(verdict.stage()).isEqualTo(row.expected());
        assertThat(verdict.clause()).isEqualTo(row.clause());
    }

    /** Nearest misses, word for word: people read them in alerts. */
    record Miss(String rule, LocalDate today, Customer customer, UsageFigures figures, Stage from, NearestMiss miss) {
        @Override
        public String toString() {
            return rule;
        }
    }

    static Stream<Miss> misses() {
        return Stream.of(
                adopting("12 users short", figures(68, 100, 28 * 34, 28), "needs 12 more active users for 80 %"),
                adopting("1 user short", figures(79, 100, 28 * 34, 28), "needs 1 more active user for 80 %"),
                adopting(
                        "seats that 80 % does not divide",
                        figures(5, 7, 28 * 5, 28), "needs 1 more active user for 80 %"),
                adopting(
                        "80 % of 1001 seats is 801",
                        figures(700, 1001, 28 * 700, 28), "needs 101 more active users for 80 %"),
                adopting(
                        "daily users short",
                        figures(90, 100, 28 * 20, 28),
                        "needs 7.0 more users on a mean day for 30 %"),
                adopting(
                        "both short",
                        figures(68, 100, 28 * 10, 28),
                        "needs 12 more active users for 80 % and 10.4 more users on a mean day for 30 %"),
                adopting(
                        "seats unknown",
                        new UsageFigures(
                                MonthDefinition.LAST_CLOSED_MONTH,
                                YearMonth.parse("2025-02"),
                                Source.PING,
                                new Count(85, ""),
                                new Count(null, "the number of seats is not given"),
                                28 * 34,
                                28,
                                "",
                                null,
                                null),
                        "needs a known utilization: the number of seats is not given"),
                adopting("daily users unknown", withoutDau(95, 100), "needs a known usage: no daily users"),
                new Miss(
                        "stage-1 onboarding",
                        day(20),
                        customer(),
                        LOW,
                        ONBOARDING,
                        new NearestMiss("targets-not-met", "needs 40 more days, until 2025-10-31")),
                new Miss(
                        "stage-3 nurturing",
                        RENEWAL.minusDays(150),
                        customer().renewsOn(RENEWAL),
                        TARGETS_MET,
                        ADOPTING,
                        new NearestMiss("renewal-near", "needs 30 more days, until 2026-05-04")),
                new Miss(
                        "stage-none",
                        TODAY,
                        openDeal().expectedOn(TODAY.plusDays(50)),
                        UNKNOWN,
                        null,
                        new NearestMiss("close-near", "needs 5 more days, until 2025-03-15")),
                new Miss(
                        "one day is no plural",
                        TODAY,
                        openDeal().expectedOn(TODAY.plusDays(46)),
                        UNKNOWN,
                        null,
                        new NearestMiss("close-near", "needs 1 more day, until 2025-03-11")),
                new Miss(
                        "stage-3 nurturing without a renewal date",
                        day(100),
                        customer(),
                        TARGETS_MET,
                        NURTURING,
                        new NearestMiss("renewal-near", "needs a renewal date")),
                new Miss(
                        "stage-0 prospect",
                        TODAY,
                        openDeal().expectedOn(TODAY.plusDays(10)),
                        UNKNOWN,
                        null,
                        new NearestMiss("contract-closed", "needs the date on which the contract closed")),
                new Miss(
                        "stage-0 prospect whose date slipped",
                        TODAY,
                        openDeal().expectedOn(TODAY.plusDays(90)),
                        UNKNOWN,
                        PROSPECT,
                        new NearestMiss("contract-closed", "needs the date on which the contract closed")),
                new Miss(
                        "stage-0 prospect whose contract closes in 45 days",
                        TODAY,
                        openDeal().closedOn(TODAY.plusDays(45)),
                        UNKNOWN,
                        PROSPECT,
                        new NearestMiss("contract-closed", "needs 45 more days, until 2025-04-24")),
                new Miss(
                        "stage-4 renewing, low usage",
                        RENEWAL.minusDays(10),
                        customer().renewsOn(RENEWAL),
                        LOW,
                        RENEWING,
                        new NearestMiss("targets-not-met", "needs a renewal date more than 120 days away")),
                new Miss(
                        "stage-4 renewing, targets met",
                        RENEWAL.minusDays(10),
                        customer().renewsOn(RENEWAL),
                        TARGETS_MET,
                        RENEWING,
                        new NearestMiss("targets-met", "needs a renewal date more than 120 days away")),
                new Miss(
                        "stage-4 renewing, on the day it begins for one in nurturing",
                        RENEWAL.minusDays(120),
                        customer().renewsOn(RENEWAL),
                        LOW,
                        NURTURING,
                        new NearestMiss("nurturing-kept", "needs a renewal date more than 120 days away")),
                new Miss(
                        "stage-churned",
                        RENEWAL.plusDays(40),
                        customer().renewsOn(RENEWAL),
                        LOW,
                        CHURNED,
                        new NearestMiss("contract-closed", "needs a new contract, closed after 2025-09-01")),
                new Miss(
                        "stage-churned after a renewal of its own contract",
                        RENEWAL.plusDays(1),
                        customer().closedOn(day(200)).renewsOn(RENEWAL),
                        LOW,
                        RENEWING,
                        new NearestMiss("contract-closed", "needs a new contract, closed after 2026-03-20")),
                new Miss(
                        "a customer whose close date was taken back",
                        day(70),
                        openDeal(),
                        LOW,
                        ADOPTING,
                        new NearestMiss("contract-closed", "needs the date on which the contract closed")),
                new Miss(
                        "stage-none without a date",
                        TODAY,
                        openDeal(),
                        UNKNOWN,
                        null,
                        new NearestMiss("close-near", "needs an expected close date")));
    }

    private static Miss adopting(String rule, UsageFigures figures, String needs) {
        return new Miss(
                "stage-2 adopting: " + rule,
                day(100),
                customer().renewsOn(RENEWAL),
                figures,
                ADOPTING,
                new NearestMiss("targets-met", needs));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misses")
    void theNearestMissSaysWhatItWouldTake(Miss row) {
        // Given
        Standing standing = row.from() == null ? Standing.NONE : new Standing(row.from(), CLOSE);

        // When
        StageVerdict verdict = StageRules.verdict(STAGES, row.customer().facts(), row.figures(), standing, row.today());

        // Then
        assertThat(verdict.nearestMiss()).isEqualTo(row.miss());
    }

    /** What was looked at before the clause that decided, and what each lacked. */
    record Tried(
            String rule, LocalDate today, Customer customer, UsageFigures figures, Stage from, List<String> tried) {
        Tried(String rule, LocalDate today, Customer customer, UsageFigures figures, Stage from, String... tried) {
            this(rule, today, customer, figures, from, List.of(tried));
        }

        @Override
        public String toString() {
            return rule;
        }
    }

    static Stream<Tried> tries() {
        return Stream.of(
                new Tried(
                        "stage-none",
                        TODAY,
                        openDeal().expectedOn(TODAY.plusDays(50)),
                        UNKNOWN,
                        null,
                        "contract-closed: needs the date on which the contract closed",
                        "close-near: needs 5 more days, until 2025-03-15",
                        "stays-prospect: needs to have been a Prospect",
                        "close-far-away"),
                new Tried(
                        "stage-0 prospect",
                        TODAY,
                        openDeal().expectedOn(TODAY.plusDays(5)),
                        UNKNOWN,
                        null,
                        "contract-closed: needs the date on which the contract closed",
                        "close-near"),
                new Tried("stage-1 onboarding", day(20), customer(), LOW, ONBOARDING, "contract-closed"),
                new Tried(
                        "stage-2 adopting",
                        day(100),
                        customer().renewsOn(RENEWAL),
                        figures(68, 100, 28 * 34, 28),
                        ADOPTING,
                        "contract-closed: needs a new contract after churn: Onboarding comes once in a relationship",
                        "term-ended: needs 266 more days, until 2026-09-02",
                        "renewal-near: needs 145 more days, until 2026-05-04",
                        "targets-met: needs 12 more active users for 80 %",
                        "nurturing-kept: needs to be in Nurturing already",
                        "targets-not-met"),
                new Tried(
                        "stage-2 adopting on the day Onboarding ends",
                        day(60),
                        customer(),
                        UNKNOWN,
                        ONBOARDING,
                        "contract-closed: needs a day before 2025-10-31",
                        "term-ended: needs a renewal date",
                        "renewal-near: needs a renewal date",
                        "targets-met: needs a known utilization: no ping in 2025-02 and a known usage: no daily users",
                        "nurturing-kept: needs to be in Nurturing already",
                        "targets-not-met"),
                new Tried(
                        "stage-3 nurturing",
                        day(100),
                        customer(),
                        LOW,
                        NURTURING,
                        "contract-closed: needs a new contract after churn: Onboarding comes once in a relationship",
                        "term-ended: needs a renewal date",
                        "renewal-near: needs a renewal date",
                        "targets-met: needs 40 more active users for 80 % and 8.0 more users on a mean day for 30 %",
                        "nurturing-kept"),
                new Tried(
                        "stage-churned",
                        RENEWAL.plusDays(1),
                        customer().renewsOn(RENEWAL),
                        LOW,
                        RENEWING,
                        "contract-closed: needs a new contract after churn: Onboarding comes once in a relationship",
                        "term-ended"),
                new Tried(
                        "a customer whose close date was taken back",
                        day(70),
                        openDeal(),
                        LOW,
                        ADOPTING,
                        "contract-closed: needs the date on which the contract closed",
                        "facts-incomplete"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tries")
    void everyClauseThatWasLookedAtSaysWhatItLacks(Tried row) {
        // Given
        Standing standing = row.from() == null ? Standing.NONE : new Standing(row.from(), CLOSE);

        // When
        StageVerdict verdict = StageRules.verdict(STAGES, row.customer().facts(), row.figures(), standing, row.today());

        // Then
        assertThat(verdict.tried())
                .extracting(tried -> tried.clause().wireName() + (tried.holds() ? "" : ": " + tried.needs()))
                .containsExactlyElementsOf(row.tried());
        assertThat(verdict.tried()).last().satisfies(last -> {
            assertThat(last.holds()).isTrue();
            assertThat(last.clause()).isEqualTo(verdict.clause());
        });
    }

    @Test
    void everyInputStandsBesideItsThreshold() {
        // Given
        AccountFacts facts =
                customer().renewsOn(RENEWAL).extendedUntil(RENEWAL.plusDays(10)).facts();

        // When
        StageVerdict verdict = StageRules.verdict(
                STAGES, facts, figures(80, 100, 28 * 24, 28), new Standing(ADOPTING, CLOSE), day(100));

        // Then
        assertThat(verdict.inputs())
                .contains(
                        new Input("contractClosedOn", "2025-09-01", null),
                        new Input("day", 100L, 60),
                        new Input("renewsOn", "2026-09-01", null),
                        new Input("daysToRenewal", 265L, 120),
                        new Input("termEndsOn", "2026-09-11", null),
                        new Input("mau", 80, null),
                        new Input("seats", 100, null),
                        new Input("utilization", 0.8, 0.8),
                        new Input("dauMean", 24.0, null),
                        new Input("usage", 0.3, 0.3),
                        new Input("definition", "last-closed-month", null),
                        new Input("source", "ping", null));
    }

    @Test
    void anUnknownInputHasNoValue() {
        // When
        StageVerdict verdict = StageRules.verdict(STAGES, customer().facts(), UNKNOWN, Standing.NONE, day(1));

        // Then
        assertThat(verdict.inputs())
                .contains(
                        new Input("mau", null, null),
                        new Input("utilization", null, 0.8),
                        new Input("usage", null, 0.3),
                        new Input("daysToRenewal", null, 120));
    }

    private static UsageFigures figures(Integer mau, Integer seats, long dauSum, int dauDays) {
        return new UsageFigures(
                MonthDefinition.LAST_CLOSED_MONTH,
                YearMonth.parse("2025-02"),
                Source.PING,
                new Count(mau, mau == null ? "no ping in 2025-02" : ""),
                new Count(seats, seats == null ? "the number of seats is not given" : ""),
                dauSum,
                dauDays,
                dauDays == 0 ? "no daily users" : "",
                null,
                null);
    }

    private static UsageFigures withoutDau(int mau, int seats) {
        return figures(mau, seats, 0, 0);
    }
}
