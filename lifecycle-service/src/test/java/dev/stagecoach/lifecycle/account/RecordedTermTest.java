package dev.stagecoach.lifecycle.account;

import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.lifecycle.Fixtures.Customer;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What a recorded renewal or extension is to facts that are told afterwards. */
class RecordedTermTest {
    private static final LocalDate RENEWAL = day(365);
    private static final LocalDate RENEWED = day(730);

    @Test
    void aRenewalHoldsAgainstEarlierDatesAndNone() {
        // Given
        RecordedTerm recorded = renewed(null);

        // When
        AccountFacts old = told(recorded, old());
        AccountFacts alittleEarly = told(recorded, customer().renewsOn(RENEWED.minusDays(1)));
        AccountFacts silent = told(recorded, customer().renewsOn(null));

        // Then
        assertThat(old.renewsOn()).isEqualTo(RENEWED);
        assertThat(alittleEarly.renewsOn()).isEqualTo(RENEWED);
        assertThat(silent.renewsOn()).isEqualTo(RENEWED);
    }

    @Test
    void aRenewalHoldsUntilADateAtLeastAsLateIsTold() {
        // Given
        RecordedTerm recorded = renewed(25);

        // When
        RecordedTerm sameDay = afterTold(recorded, customer().renewsOn(RENEWED));
        RecordedTerm later = afterTold(recorded, customer().renewsOn(RENEWED.plusDays(1)));

        // Then
        assertThat(sameDay).isEqualTo(RecordedTerm.NOTHING);
        assertThat(later).isEqualTo(RecordedTerm.NOTHING);
        assertThat(told(recorded, customer().renewsOn(RENEWED).seats(30)).seats())
                .isEqualTo(30);
    }

    @Test
    void theSeatsOfARenewalHoldAsLongAsIt() {
        // When
        AccountFacts withSeats = told(renewed(25), old());
        AccountFacts without = told(renewed(null), old().seats(80));
        AccountFacts unlimited = told(renewed(25), old().unlimitedSeatsFor(500));

        // Then
        assertThat(withSeats.seats()).isEqualTo(25);
        assertThat(without.seats()).isEqualTo(80);
        assertThat(unlimited.seats()).isNull();
        assertThat(unlimited.renewsOn()).isEqualTo(RENEWED);
    }

    @Test
    void aRenewalEndsTheExtensionThatIsStillTold() {
        // When
        AccountFacts told = told(renewed(null), old().extendedUntil(RENEWAL.plusDays(20)));

        // Then
        assertThat(told.extendedUntil()).isNull();
        assertThat(FactRules.contradictions(told, 30)).isEmpty();
    }

    @Test
    void anExtensionHoldsUntilADateAtLeastAsLateIsTold() {
        // Given
        LocalDate until = RENEWAL.plusDays(20);
        RecordedTerm recorded = extended(until);

        // When
        AccountFacts without = told(recorded, old());
        AccountFacts shorter = told(recorded, old().extendedUntil(until.minusDays(1)));

        // Then
        assertThat(without.extendedUntil()).isEqualTo(until);
        assertThat(shorter.extendedUntil()).isEqualTo(until);
        assertThat(afterTold(recorded, old().extendedUntil(until))).isEqualTo(RecordedTerm.NOTHING);
        assertThat(afterTold(recorded, old().extendedUntil(until.plusDays(1)))).isEqualTo(RecordedTerm.NOTHING);
        assertThat(afterTold(recorded, customer().renewsOn(until))).isEqualTo(RecordedTerm.NOTHING);
    }

    @Test
    void anExtensionThatDoesNotFitTheRenewalDateAnyMoreIsGone() {
        // Given
        RecordedTerm recorded = extended(RENEWAL.plusDays(20));

        // When
        RecordedTerm tooFar = afterTold(recorded, customer().renewsOn(RENEWAL.minusDays(11)));
        RecordedTerm justFits = afterTold(recorded, customer().renewsOn(RENEWAL.minusDays(10)));
        RecordedTerm ofNothing = afterTold(recorded, customer());

        // Then
        assertThat(tooFar).isEqualTo(RecordedTerm.NOTHING);
        assertThat(justFits).isEqualTo(recorded);
        assertThat(ofNothing).isEqualTo(RecordedTerm.NOTHING);
    }

    @Test
    void anExtensionOfARenewedTermHoldsBesideIt() {
        // Given
        LocalDate until = RENEWED.plusDays(10);
        AccountFacts renewed = customer().renewsOn(RENEWED).facts();
        RecordedTerm recorded = renewed(25).after(Act.Kind.EXTENSION, renewed, renewed.withTerm(25, RENEWED, until));

        // When
        AccountFacts told = told(recorded, old().extendedUntil(RENEWAL.plusDays(5)));

        // Then
        assertThat(told.renewsOn()).isEqualTo(RENEWED);
        assertThat(told.extendedUntil()).isEqualTo(until);
        assertThat(told.seats()).isEqualTo(25);
    }

    @Test
    void aNewContractHasNothingRecorded() {
        // Given
        RecordedTerm recorded = renewed(25);
        AccountFacts churned = customer().renewsOn(RENEWED).churnedOn(day(400)).facts();

        // When
        RecordedTerm wonBack = recorded.afterTold(
                customer().closedOn(day(401)).renewsOn(day(700)).facts(), churned, 30);
        RecordedTerm stillGone = recorded.afterTold(old().facts(), churned, 30);
        RecordedTerm closedLater = afterTold(recorded, customer().closedOn(RENEWED));

        // Then
        assertThat(wonBack).isEqualTo(RecordedTerm.NOTHING);
        assertThat(stillGone).isEqualTo(recorded);
        assertThat(closedLater).isEqualTo(RecordedTerm.NOTHING);
    }

    @Test
    void otherActsRecordNothingAboutTheTerm() {
        // When
        RecordedTerm recorded = RecordedTerm.NOTHING.after(
                Act.Kind.CHURN, old().facts(), old().churnedOn(day(9)).facts());

        // Then
        assertThat(recorded).isEqualTo(RecordedTerm.NOTHING);
    }

    /** As a system tells it that knows nothing of what was recorded. */
    private static Customer old() {
        return customer().renewsOn(RENEWAL);
    }

    /** Renewed by a person; seats null when they stayed. */
    private static RecordedTerm renewed(Integer seats) {
        AccountFacts before = old().facts();
        AccountFacts changed = before.withTerm(seats == null ? before.seats() : seats, RENEWED, null);
        return RecordedTerm.NOTHING.after(Act.Kind.RENEWAL, before, changed);
    }

    private static RecordedTerm extended(LocalDate until) {
        AccountFacts before = old().facts();
        return RecordedTerm.NOTHING.after(Act.Kind.EXTENSION, before, before.withTerm(before.seats(), RENEWAL, until));
    }

    private static RecordedTerm afterTold(RecordedTerm recorded, Customer told) {
        return recorded.afterTold(told.facts(), old().facts(), 30);
    }

    private static AccountFacts told(RecordedTerm recorded, Customer told) {
        return afterTold(recorded, told).in(told.facts());
    }
}
