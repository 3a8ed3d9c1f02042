package dev.stagecoach.lifecycle.account;

import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.Customer.openDeal;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Role;
import dev.stagecoach.lifecycle.Fixtures.Customer;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactRulesTest {
    @Test
    void factsThatFitAreNoContradiction() {
        // When
        List<String> found = contradictions(customer()
                .expectedOn(day(-3))
                .renewsOn(day(365))
                .extendedUntil(day(395))
                .instance("i1", true)
                .instance("i2", false));

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void littleNeedsToBeKnown() {
        // When
        List<String> found = contradictions(openDeal().seats(null));

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void aRenewalComesAfterTheContract() {
        // When
        List<String> sameDay = contradictions(customer().renewsOn(CLOSE));
        List<String> nextDay = contradictions(customer().renewsOn(day(1)));

        // Then
        assertThat(sameDay).containsExactly("renewsOn: 2025-09-01 (expected: after contractClosedOn, 2025-09-01)");
        assertThat(nextDay).isEmpty();
    }

    @Test
    void anExtensionIsAtMost30DaysAfterTheRenewal() {
        // When
        List<String> before = contradictions(customer().renewsOn(day(365)).extendedUntil(day(364)));
        List<String> tooLong = contradictions(customer().renewsOn(day(365)).extendedUntil(day(396)));
        List<String> ofNothing = contradictions(customer().extendedUntil(day(396)));

        // Then
        assertThat(before).containsExactly("extendedUntil: 2026-08-31 (expected: not before renewsOn, 2026-09-01)");
        assertThat(tooLong)
                .containsExactly("extendedUntil: 2026-10-02 (expected: at most 30 days after renewsOn, 2026-09-01)");
        assertThat(ofNothing)
                .hasSize(1)
                .allMatch(found -> found.contains("extendedUntil") && found.contains("renewsOn"));
        assertThat(contradictions(customer().renewsOn(day(365)).extendedUntil(day(365))))
                .isEmpty();
    }

    @Test
    void onlyAContractCanBeLeft() {
        // When
        List<String> before = contradictions(customer().churnedOn(day(-1)));
        List<String> none = contradictions(openDeal().churnedOn(day(10)));
        List<String> sameDay = contradictions(customer().churnedOn(CLOSE));

        // Then
        assertThat(before)
                .containsExactly("churnedOn: 2025-08-31 (expected: on or after contractClosedOn, 2025-09-01)");
        assertThat(none).hasSize(1).allMatch(found -> found.startsWith("churnedOn: 2025-09-11"));
        assertThat(sameDay).isEmpty();
    }

    @Test
    void unlimitedSeatsHaveNoNumber() {
        // When
        List<String> both = contradictions(customer().unlimitedSeatsFor(500).seats(100));
        List<String> nobody = contradictions(customer().unlimitedSeatsFor(0));

        // Then
        assertThat(both).hasSize(1).allMatch(found -> found.contains("seats: 100") && found.contains("unlimitedSeats"));
        assertThat(nobody).hasSize(1).allMatch(found -> found.contains("addressableUsers: 0"));
        assertThat(contradictions(customer().unlimitedSeatsFor(500))).isEmpty();
    }

    @Test
    void anInstanceIsListedOnce() {
        // When
        List<String> found = contradictions(customer().instance("i1", true).instance("i1", false));

        // Then
        assertThat(found).containsExactly("instances: i1 is listed twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "-a", "é", "a\nb", ".", "a@b"})
    void anAccountIdIsPlain(String id) {
        // When
        List<String> found = contradictions(customer().named(id));

        // Then
        assertThat(found).hasSize(1).allMatch(each -> each.startsWith("account: " + id));
    }

    @Test
    void anAccountIdHasAtMost100Characters() {
        // When
        List<String> longest = contradictions(customer().named("a".repeat(100)));
        List<String> tooLong = contradictions(customer().named("a".repeat(101)));

        // Then
        assertThat(longest).isEmpty();
        assertThat(tooLong).hasSize(1);
    }

    @Test
    void thereIsRoomForAThousandContactsAndNoMore() {
        // When
        List<String> most = FactRules.excesses(contacts(1_000, "x".repeat(200), "a@" + "x".repeat(252)));
        List<String> more = FactRules.excesses(contacts(1_001, "Ana", "ana@example.com"));
        List<String> longer = FactRules.excesses(contacts(1, "x".repeat(201), "a@" + "x".repeat(253)));

        // Then
        assertThat(most).isEmpty();
        assertThat(more).containsExactly("contacts: 1001 of them (expected: at most 1000)");
        assertThat(longer)
                .containsExactly(
                        "contacts[].name: 201 characters (expected: at most 200)",
                        "contacts[].email: 255 characters (expected: at most 254)");
    }

    private static AccountContacts contacts(int count, String name, String email) {
        return new AccountContacts(
                "acme",
                IntStream.range(0, count)
                        .mapToObj(n -> new Contact("c" + n, name, email, Set.of(Role.CHAMPION), null))
                        .toList());
    }

    @Test
    void everyMistakeIsFound() {
        // When
        List<String> found = contradictions(customer()
                .renewsOn(CLOSE)
                .extendedUntil(day(-10))
                .instance("i1", true)
                .instance("i1", true));

        // Then
        assertThat(found).hasSize(3);
    }

    private static List<String> contradictions(Customer customer) {
        return FactRules.contradictions(customer.facts(), 30);
    }
}
