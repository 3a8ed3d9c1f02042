package dev.stagecoach.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Outcome WELL =
            outcome(Set.of("e1", "e2"), List.of("a row"), List.of("stage"), 0, 3, 0, List.of());

    private static Outcome outcome(
            Set<String> events,
            List<String> rows,
            List<String> timeline,
            int again,
            int mails,
            int twice,
            List<String> mailProblems) {
        return new Outcome(
                Set.of("p1"),
                events,
                Map.of("journey", rows),
                Map.of("acme", timeline),
                Set.of("d1", "d2"),
                again,
                0,
                1,
                mails,
                mails,
                twice,
                mailProblems,
                0,
                2,
                0);
    }

    @Test
    void findsNothingWhereNothingDiffers() {
        assertThat(Comparison.of(WELL, WELL).problems()).isEmpty();
    }

    @Test
    void whatIsOnlyPublishedAgainIsWell() {
        // Given
        var again = outcome(WELL.events(), List.of("a row"), List.of("stage"), 5, 3, 0, List.of());

        // Then
        assertThat(Comparison.of(WELL, again).problems()).isEmpty();
        assertThat(Comparison.of(WELL, again).rows())
                .contains(new Comparison.Row("published again, with the same id and content", "0", "5", List.of()));
    }

    @Test
    void namesWhatIsLostAndWhatIsTooMuch() {
        // Given
        var wrong = outcome(
                Set.of("e2", "e3"),
                List.of("another row"),
                List.of("stage", "mail"),
                0,
                4,
                1,
                List.of("The mail m1 was sent 1 times and received 2 times."));

        // Then
        assertThat(Comparison.of(WELL, wrong).problems())
                .containsExactly(
                        "usage events recorded: missing: 1, such as [e1]",
                        "usage events recorded: too many: 1, such as [e3]",
                        "table journey: missing: 1, such as [a row]",
                        "table journey: too many: 1, such as [another row]",
                        "acme: missing [], too many [mail]",
                        "mails sent, by the ledger: not as many",
                        "The mail m1 was sent 1 times and received 2 times.",
                        "mails received twice: more than none");
    }

    @Test
    void whatIsThereTwiceIsTooMuch() {
        // Given
        var twice = outcome(WELL.events(), List.of("a row", "a row"), List.of("stage", "stage"), 0, 3, 0, List.of());

        // Then
        assertThat(Comparison.of(WELL, twice).problems())
                .containsExactly("table journey: too many: 1, such as [a row]", "acme: missing [], too many [stage]");
    }

    @Test
    void anotherOrderIsNamedAsThat() {
        // Given
        var one = outcome(WELL.events(), List.of("a row"), List.of("stage", "mail"), 0, 3, 0, List.of());
        var other = outcome(WELL.events(), List.of("a row"), List.of("mail", "stage"), 0, 3, 0, List.of());

        // Then
        assertThat(Comparison.of(one, other).problems()).containsExactly("acme: the same in another order");
    }
}
