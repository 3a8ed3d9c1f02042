package dev.stagecoach.outreach.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What triggers told, ready to read. */
class ParticularsTest {
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("unknown", "not known"),
            Map.entry("activeUsers", "users"),
            Map.entry("dailyUsers", "a day"),
            Map.entry("actions", "actions"),
            Map.entry("seatsInUse", "seats in use"),
            Map.entry("changed", "{0} on {1}"),
            Map.entry("unchanged", "as in {0}"),
            Map.entry("pictureAlt", "{0}: {1} a day, most {2} on {3}"),
            Map.entry("pictureMost", "most {0} on {1}, mean {2}"),
            Map.entry("aFeature", "a feature"),
            Map.entry("feature.batch-changes", "Batch Changes"),
            Map.entry("idea.code-search.batch-changes", "one change everywhere"),
            Map.entry("idea.code-search.notebooks", "searches on a page"),
            Map.entry("idea.cody.cody", "explains code"),
            Map.entry("finding.mau-per-seat", "{0} of seats"),
            Map.entry("advice.mau-per-seat", "invite more"));

    private static Map<String, @Nullable Object> tell(Locale language, Map<String, ?> facts) {
        return new Particulars(new Words(language, TEXTS)).of(facts, "cid:days");
    }

    private static Recap recap(Map<String, ?> facts) {
        return (Recap) Objects.requireNonNull(tell(Locale.ENGLISH, facts).get("recap"));
    }

    private static Map<String, @Nullable Object> february() {
        Map<String, @Nullable Object> month = new HashMap<>();
        month.put("month", "2024-02");
        month.put("mau", 1234);
        month.put("mauChange", -0.251);
        month.put("dauMean", 7.25);
        month.put("dauMeanChange", 0.002);
        month.put("events", null);
        return month;
    }

    @Test
    void threeNumbersAndHowTheyChanged() {
        assertThat(recap(Map.of("recap", february())).figures())
                .containsExactly(
                        new Figure("users", "1,234", "−25% on January"),
                        new Figure("a day", "7.3", "as in January"),
                        new Figure("actions", "not known", null));
    }

    @Test
    void whereActionsAreNotKnownSeatsMayBe() {
        Map<String, ?> facts = Map.of("recap", february(), "usage", Map.of("utilization", 0.5));

        assertThat(recap(facts).figures()).last().isEqualTo(new Figure("seats in use", "50%", null));
    }

    @Test
    void numbersAreWrittenAsTheReaderWritesThem() {
        Recap recap = (Recap) Objects.requireNonNull(
                tell(Locale.GERMAN, Map.of("recap", february())).get("recap"));

        assertThat(recap.month()).isEqualTo("Februar 2024");
        assertThat(recap.figures()).extracting(Figure::value).startsWith("1.234", "7,3");
    }

    @Test
    void whoNamesAFeaturePutsNoLinkIntoMails() {
        Map<String, ?> facts = Map.of(
                "feature", Map.of("name", "x", "title", "Log in: https://evil.example/a?b=c " + "y".repeat(200)));

        Feature feature =
                (Feature) Objects.requireNonNull(tell(Locale.ENGLISH, facts).get("feature"));

        assertThat(feature.title())
                .startsWith("Log in https evil example a b c yyy")
                .hasSize(61);
    }

    @Test
    void aDayThatIsNotKnownHasNoBar() {
        // Given the second half of a month
        List<Map<String, Object>> days = new ArrayList<>();
        for (int day = 15; day <= 29; day++) {
            days.add(Map.of("day", "2024-02-" + day, "dau", day));
        }
        Map<String, @Nullable Object> month = february();
        month.put("days", days);

        // When
        Picture picture = Objects.requireNonNull(recap(Map.of("recap", month)).picture());

        // Then
        assertThat(picture.days()).hasSize(29);
        assertThat(picture.days().subList(0, 14)).extracting(DayUse::users).containsOnlyNulls();
        assertThat(picture.alt()).isEqualTo("February 2024: 22 a day, most 29 on 29 Feb");
        assertThat(picture.src()).isEqualTo("cid:days");
    }

    @Test
    void withoutDaysThereIsNoPicture() {
        assertThat(recap(Map.of("recap", february())).picture()).isNull();
    }

    private static Map<String, @Nullable Object> monthWith(boolean knowsAll, List<String> products, String... used) {
        Map<String, @Nullable Object> month = february();
        month.put("products", products);
        month.put("knowsAllFeatures", knowsAll);
        month.put(
                "topFeatures",
                Arrays.stream(used)
                        .map(name -> Map.of("name", name, "count", 1))
                        .toList());
        return month;
    }

    @Test
    void oneFeatureThatWasBoughtAndNobodyUsed() {
        assertThat(recap(Map.of("recap", monthWith(true, List.of("code-search"), "notebooks")))
                        .untried())
                .isEqualTo(new Untried("Batch Changes", "one change everywhere"));
        assertThat(recap(Map.of("recap", monthWith(true, List.of("code-search"), "batch-changes")))
                        .untried())
                .isEqualTo(new Untried("notebooks", "searches on a page"));
    }

    @Test
    void whoUsedAPartOfAFeatureUsedIt() {
        assertThat(recap(Map.of("recap", monthWith(true, List.of("cody"), "cody-chat")))
                        .untried())
                .isNull();
    }

    @Test
    void nextMonthAnotherOne() {
        Map<String, @Nullable Object> february = monthWith(true, List.of("code-search", "cody"), "code-search");
        Map<String, @Nullable Object> march = new HashMap<>(february);
        march.put("month", "2024-03");
        Map<String, @Nullable Object> april = new HashMap<>(february);
        april.put("month", "2024-04");

        assertThat(Stream.of(february, march, april)
                        .map(month -> recap(Map.of("recap", month)).untried()))
                .doesNotHaveDuplicates()
                .doesNotContainNull();
    }

    @Test
    void whatIsNotKnownToBeUnusedIsNotSaidToBe() {
        assertThat(recap(Map.of("recap", monthWith(false, List.of("code-search"), "search")))
                        .untried())
                .isNull();
        assertThat(recap(Map.of("recap", monthWith(true, List.of(), "search"))).untried())
                .isNull();
        assertThat(recap(Map.of("recap", monthWith(true, List.of("code-search"), "batch-changes", "notebooks")))
                        .untried())
                .isNull();
    }

    @Test
    void nothingKnownIsNothingSaid() {
        Map<String, @Nullable Object> told = tell(Locale.ENGLISH, Map.of());

        assertThat(told.get("usage")).isEqualTo(Usage.UNKNOWN);
        assertThat(told.get("recap")).isNull();
        assertThat(told.get("feature")).isEqualTo(new Feature("", "a feature"));
        assertThat(((Health) Objects.requireNonNull(told.get("health"))).weak()).isEmpty();
    }

    @Test
    void onlyWhatTheReaderCanChangeIsSpokenOf() {
        Map<String, ?> facts = Map.of(
                "health",
                Map.of(
                        "level",
                        "poor",
                        "weak",
                        List.of(
                                Map.of("measure", "help-tickets-90-days", "value", 16),
                                Map.of("measure", "mau-per-seat", "value", 0.4672))));

        assertThat(((Health) Objects.requireNonNull(tell(Locale.ENGLISH, facts).get("health"))).weak())
                .containsExactly(new Health.Weakness("mau-per-seat", "47% of seats", "invite more"));
    }
}
