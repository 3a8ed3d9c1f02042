package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fourteen months of the sample through the real thing, against what was worked out by hand. */
class SampleJourneyIT {

    @TempDir
    private static Path directory;

    private static LocalStack local;
    private static SampleRun run;
    private static Summary summary;
    private static LocalApi api;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void playTheSample() {
        local = LocalStack.start(directory);
        run = new SampleRun(LocalStack.wholeSample(), local.stack(), event -> {});
        run.play(Portfolio.FIRST_DAY, Portfolio.LAST_DAY, 0, day -> {});
        summary = run.summary();
        api = new LocalApi(local.stack());
        browser = ConsoleBrowser.inFrontOf(local.stack().uri(Service.ALERTS));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (run != null) {
            run.close();
        }
        if (local != null) {
            local.close();
        }
    }

    @Test
    void everyAccountHasTheStagesMailsAndAlertsThatTheRulesDemand() {
        // Given
        var expected = Expectation.read().linesByAccount();

        // Then
        assertThat(summary.accounts().stream().map(Summary.AccountSummary::account))
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
        var softly = new SoftAssertions();
        for (var account : summary.accounts()) {
            softly.assertThat(Expectation.linesOf(account))
                    .as(account.account())
                    .containsExactlyInAnyOrderElementsOf(expected.get(account.account()));
        }
        softly.assertAll();
    }

    @Test
    void everyMailThatCountsAsSentArrivedOnce() {
        assertThat(run.mailProblems()).isEmpty();
    }

    @Test
    void everyMailWentToTheContactItWasFor() {
        // Given
        var companies = LocalStack.wholeSample().companies();

        // When
        var mails = local.stack().platform().mailbox().received();

        // Then
        assertThat(mails).isNotEmpty().allSatisfy(mail -> {
            var account = mail.header("X-Stagecoach-Account").orElseThrow();
            var company = companies.stream()
                    .filter(candidate -> candidate.id().equals(account))
                    .findFirst()
                    .orElseThrow();
            assertThat(mail.recipients()).hasSize(1);
            assertThat(company.contactByAddress(mail.recipients().get(0))).isPresent();
            assertThat(mail.header("X-Stagecoach-Campaign")).isPresent();
            assertThat(mail.header("X-Stagecoach-Occurrence")).isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"blue-harbor-labs", "northwind-rail", "juniper-analytics"})
    void theConsoleTellsTheStoryOfAnAccount(String account) {
        // Given
        var known = api.get(Service.LIFECYCLE, "/v1/accounts/" + account);
        var usage = known.path("usage");
        var alerts = api.get(Service.ALERTS, "/v1/alerts?limit=500&account=" + account)
                .path("alerts");
        var name = known.path("facts").path("name").asText();

        // When
        browser.open("/").keyboard().press("/");
        browser.page().keyboard().type(name);
        browser.page().getByText("1–1 of 1 account").waitFor();

        // Then
        var row = browser.find("table.portfolio tbody tr");
        assertThat(row.count()).isEqualTo(1);
        assertThat(browser.page().url()).contains("/?q=");
        assertThat(row.locator("a.account").textContent()).isEqualTo(name);
        assertThat(row.locator("[data-label=Stage] .chip").textContent())
                .isEqualTo(known.path("stage").asText());
        assertThat(row.locator("[data-label=Health] .level").textContent())
                .isEqualTo(known.path("health").asText());
        assertThat(row.locator("[data-label=Seats]").textContent())
                .isEqualTo(usage.path("seats").asText());
        assertThat(row.locator("[data-label=Utilization] .figure").textContent())
                .isEqualTo(percent(usage.path("utilization").asDouble()));
        assertThat(row.locator("[data-label=Usage]").textContent())
                .isEqualTo(percent(usage.path("usage").asDouble()));

        // When
        browser.page().keyboard().press("ArrowDown");
        browser.page().keyboard().press("Enter");

        // Then
        browser.page().waitForURL("**/accounts/" + account);
        assertThat(browser.find("h1").textContent()).contains(name);

        // When
        browser.open("/alerts?account=" + account);

        // Then
        assertThat(browser.find("li.alert .alert-title").allTextContents())
                .isEqualTo(alerts.findValuesAsText("title").stream().limit(50).toList());
        assertThat(browser.complaints()).isEmpty();
    }

    /** WCAG AA in light and dark, by axe; nothing scrolls sideways on a phone. */
    @ParameterizedTest
    @CsvSource({
        "portfolio, /",
        "portfolio-empty, /?q=nobody-is-called-so",
        "account, /accounts/blue-harbor-labs",
        "alerts, /alerts",
        "outreach, /outreach",
        "system, /system"
    })
    void everybodyCanReadEachPage(String page, String path) {
        // When
        browser.open(path);

        // Then
        browser.inspect(page);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatPeopleEnterStaysText() {
        // Given
        var name = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        api.put(
                Service.LIFECYCLE,
                "/v1/accounts/outsider",
                Map.of("name", name, "segment", "digital", "products", List.of("cody"), "seats", 10));

        // When
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.open("/?q=outsider").locator("a.account").count() == 1);

        // Then
        assertThat(browser.find("a.account").textContent()).isEqualTo(name);
        browser.find("a.account").click();
        browser.page().waitForURL("**/accounts/outsider");
        assertThat(browser.find("h1").textContent()).contains(name);
        assertThat(browser.complaints()).isEmpty();
    }

    /** In whole percent that are full: 79.9 % is not 80 %. */
    private static String percent(double fraction) {
        return (int) Math.floor(fraction * 100 + 1e-9) + " %";
    }

    @Test
    void nothingWasDecidedTwice() {
        assertThat(run.journal().repeated()).isEqualTo(List.of());
    }
}
