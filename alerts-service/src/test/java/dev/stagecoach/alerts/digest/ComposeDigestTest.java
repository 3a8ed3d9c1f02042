package dev.stagecoach.alerts.digest;

import static dev.stagecoach.alerts.Fixtures.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.account.Health;
import dev.stagecoach.alerts.account.Measured;
import dev.stagecoach.alerts.account.Profile;
import dev.stagecoach.alerts.account.Standing;
import dev.stagecoach.alerts.account.Term;
import dev.stagecoach.alerts.digest.Book.Silence;
import dev.stagecoach.alerts.digest.Book.StageMove;
import dev.stagecoach.alerts.digest.Digest.Section;
import dev.stagecoach.alerts.seats.SeatMarks;
import dev.stagecoach.alerts.usage.TargetMarks;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/rules.md, alerts: the weekly digest. */
class ComposeDigestTest {
    private static final Instant MONDAY = Instant.parse("2025-03-17T08:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2025-01-13T12:00:00Z");

    private final ComposeDigest composeDigest = new ComposeDigest(POLICY, id -> "/accounts/" + id);

    private static Account account(
            String id,
            String name,
            Stage stage,
            @Nullable LocalDate renewsOn,
            @Nullable Measured measured,
            @Nullable Health health) {
        Profile profile = new Profile(
                name, Segment.DIGITAL, false, LocalDate.of(2025, 1, 13), renewsOn, new Owners("ana", "lee"), LONG_AGO);
        return new Account(
                id,
                profile,
                new Standing(stage, LONG_AGO),
                measured,
                health,
                SeatMarks.NONE,
                TargetMarks.NONE,
                Term.NONE,
                null);
    }

    private static Account using(int mau, int seats, double dailyMean) {
        Measured measured =
                new Measured(MONDAY, YearMonth.of(2025, 2), mau, seats, (double) mau / seats, dailyMean / mau);
        return account("acme", "Acme", Stage.ADOPTING, null, measured, null);
    }

    private static Account renewing(String id, String name, String renewsOn, @Nullable Health health) {
        return account(id, name, Stage.RENEWING, LocalDate.parse(renewsOn), null, health);
    }

    private Digest of(List<Account> accounts) {
        return composeDigest.of("ana", MONDAY, new Book(accounts, List.of(), List.of()));
    }

    private static List<String> texts(Digest digest, String section) {
        return digest.sections().stream()
                .filter(one -> one.name().equals(section))
                .flatMap(one -> one.lines().stream())
                .map(line -> line.name() + ": " + line.text())
                .toList();
    }

    @Test
    void tellsWhoChangedStageAndWhoFellSilent() {
        // Given
        Account acme = account("acme", "Acme", Stage.ADOPTING, null, null, null);
        Account gone = account("gone", "Gone Fishing", Stage.CHURNED, null, null, null);
        Book book = new Book(
                List.of(acme, gone),
                List.of(
                        new StageMove("acme", "Onboarding", "Adopting", Instant.parse("2025-03-14T17:00:00Z")),
                        new StageMove("gone", "Renewing", "Churned", Instant.parse("2025-03-15T17:00:00Z"))),
                List.of(new Silence("acme", "acme-prod", Instant.parse("2025-03-10T16:30:00Z"))));

        // When
        Digest digest = composeDigest.of("ana", MONDAY, book);

        // Then
        assertThat(digest.date()).isEqualTo("2025-03-17");
        assertThat(digest.from()).isEqualTo("2025-03-10T08:00:00Z");
        assertThat(texts(digest, "stages"))
                .containsExactly(
                        "Acme: Onboarding → Adopting on 2025-03-14", "Gone Fishing: Renewing → Churned on 2025-03-15");
        assertThat(texts(digest, "silent-instances")).containsExactly("Acme: acme-prod, last ping on 2025-03-10");
        assertThat(digest.sections().get(0).lines().get(0).link()).isEqualTo("/accounts/acme");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "75 | 100 | 30   | 75 of 100 seats: 5 more active users for 80 %",
                "74 | 100 | 30   | ''",
                "89 | 100 | 30   | 89 of 100 seats: 1 more active user for 90 %",
                "84 | 100 | 30   | 84 of 100 seats: with 5 users fewer it is below 80 %",
                "80 | 100 | 30   | 80 of 100 seats: with 1 user fewer it is below 80 %",
                "42 | 85  | 20   | 42 of 85 seats: 1 more active user for 50 %",
                "60 | 100 | 17.5 | a day has 17.5 of 60 monthly users: 1 more daily user for 30 %",
                "60 | 100 | 18   | ''",
                "60 | 100 | 12.9 | ''"
            })
    void tellsWhoIsNearAThresholdAndByHowManyPeople(int mau, int seats, double dailyMean, String text) {
        assertThat(String.join("; ", texts(of(List.of(using(mau, seats, dailyMean))), "near-thresholds")))
                .isEqualTo(text.isEmpty() ? "" : "Acme: " + text);
    }

    @Test
    void listsRenewalsBySoonestAndNoneThatIsOverOrFarAway() {
        // Given
        Health poor = new Health(HealthLevel.POOR, 2.14, Instant.parse("2025-03-02T17:00:00Z"));

        // When
        Digest digest = of(List.of(
                renewing("far", "Far Away", "2025-07-16", null),
                renewing("edge", "Edge Case", "2025-07-15", null),
                renewing("soon", "Soon", "2025-03-18", poor),
                renewing("today", "Today", "2025-03-17", null),
                renewing("over", "Over", "2025-03-16", null)));

        // Then
        assertThat(texts(digest, "renewals"))
                .containsExactly(
                        "Today: renews on 2025-03-17, today; health unknown",
                        "Soon: renews on 2025-03-18, in 1 day; health poor",
                        "Edge Case: renews on 2025-07-15, in 120 days; health unknown");
        assertThat(texts(digest, "poor-health")).containsExactly("Soon: 2.1 of 10, since 2025-03-02");
    }

    @Test
    void saysNothingOfWhoIsNoCustomer() {
        // Given
        Health poor = new Health(HealthLevel.POOR, 1.0, LONG_AGO);
        Account prospect = account("new", "New", Stage.PROSPECT, LocalDate.of(2025, 4, 1), null, poor);

        // Then
        assertThat(of(List.of(prospect)).tells()).isFalse();
    }

    @Test
    void isTheSameForTheSameBook() {
        // Given
        List<Account> accounts = List.of(using(75, 100, 30));

        // Then
        assertThat(of(accounts)).isEqualTo(of(accounts));
        assertThat(of(accounts).sections()).extracting(Section::title).containsExactly("Near a threshold");
    }
}
