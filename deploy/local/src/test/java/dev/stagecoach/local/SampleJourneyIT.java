package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.sample.Portfolio;
import dev.stagecoach.platform.ReceivedMail;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fourteen months of the sample through the real thing, against what was worked out by hand. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SampleJourneyIT {

    @TempDir
    private static Path directory;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
        "campaign, /outreach/admin-onboarding",
        "campaign-audience, /outreach/check-in-30-day/audience",
        "mails, /outreach/mails?state=suppressed",
        "mail-preview, /outreach/preview?campaign=check-in-90-day&account=blue-harbor-labs",
        "system, /system",
        "instances, /system/instances"
    })
    void everybodyCanReadEachPage(String page, String path) {
        // When
        browser.open(path);

        // Then
        browser.inspect(page);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theConsoleShowsWhereEveryMailHasGone() {
        // Given
        var campaigns = api.get(Service.OUTREACH, "/v1/campaigns");

        // When
        browser.open("/outreach");

        // Then
        assertThat(campaigns).isNotEmpty();
        assertThat(browser.find(".balances tbody tr").count()).isEqualTo(campaigns.size());
        for (int i = 0; i < campaigns.size(); i++) {
            var balance = campaigns.get(i).path("balance");
            var numbers = numbers(browser.find(".balances tbody tr").nth(i).locator("td.number"));
            assertThat(numbers.subList(0, 7))
                    .as(campaigns.get(i).path("id").asText())
                    .isEqualTo(Stream.of("eligible", "sent", "suppressed", "failed", "bounced", "unknown", "pending")
                            .map(name -> balance.path(name).asLong())
                            .toList());
            assertThat(numbers.get(0))
                    .isPositive()
                    .isEqualTo(numbers.subList(1, 7).stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
        assertThat(browser.find(".balances tfoot .sum").textContent()).isEqualTo("adds up");

        // When
        var reason = browser.find("section[aria-labelledby=reasons] tbody tr").first();
        var mails = Long.parseLong(reason.locator("td.number").textContent());
        reason.locator("a").click();

        // Then
        browser.page().waitForURL("**/outreach/mails?reason=*");
        assertThat(browser.find("table.mails tbody tr").count()).isEqualTo((int) mails);
        browser.find("table.mails a.row-link").first().click();
        browser.page().waitForURL("**/outreach/mails/*");
        assertThat(browser.find("main").textContent()).contains("What people decided", "not sent");
        assertThat(browser.complaints()).isEmpty();
    }

    private static List<Long> numbers(Locator cells) {
        return cells.allTextContents().stream()
                .map(text -> text.matches("-?\\d+") ? Long.parseLong(text) : 0L)
                .toList();
    }

    @Test
    void theConsoleShowsACampaignAsOutreachServiceTellsIt() {
        // Given
        var campaign = api.get(Service.OUTREACH, "/v1/campaigns/admin-onboarding");
        var outcomes = api.get(Service.OUTREACH, "/v1/campaigns/admin-onboarding/outcomes");

        // When
        browser.open("/outreach/admin-onboarding");

        // Then
        assertThat(browser.find("h1").textContent()).isEqualTo("Admin onboarding");
        assertThat(browser.find("section[aria-labelledby=steps] tbody td[data-label=Subject]")
                        .allTextContents())
                .isEqualTo(campaign.path("steps").findValuesAsText("subject"));
        assertThat(browser.find("section[aria-labelledby=reasons] tbody tr").count())
                .isEqualTo(outcomes.path("reasons").size());
        assertThat(browser.find("section[aria-labelledby=latest] tbody tr").count())
                .isEqualTo(10);
        assertThat(browser.find("section[aria-labelledby=versions] li b").allTextContents())
                .isEqualTo(outcomes.path("versions").findValuesAsText("version"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theConsoleShowsHowTheSystemStands() {
        // Given
        var policy = api.get(Service.LIFECYCLE, "/v1/policy");
        var instances = api.get(Service.LIFECYCLE, "/v1/instances?limit=10").path("instances");

        // When
        browser.open("/system");

        // Then
        assertThat(browser.find("#services [data-label=State]").allTextContents())
                .isEqualTo(List.of("ready", "ready", "ready", "ready"));
        assertThat(browser.find("#services [data-label=Version]").allTextContents())
                .allSatisfy(version -> assertThat(version).matches("\\d+\\.\\d+.*"));
        assertThat(browser.find("#reading thead th").allTextContents())
                .containsSubsequence("Topic", "lifecycle-service", "outreach-service", "alerts-service");
        assertThat(browser.find("#reading tbody th").allTextContents())
                .contains("usage.pings", "lifecycle.stages", "outreach.messages", "time.ticks");
        assertThat(browser.find("#pings tbody th").allTextContents()).isEqualTo(instances.findValuesAsText("instance"));
        assertThat(browser.find("#policies").textContent())
                .contains(policy.path("version").asText(), "Admin onboarding");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theSystemPageShowsWhatIsRejectedWithoutBeingLoadedAgain() {
        // Given
        browser.open("/system");
        assertThat(browser.find("#quarantine").textContent()).doesNotContain("/v1/track");

        // When
        var answer = api.track(Map.of(
                "event",
                "search",
                "userId",
                "ana@example.com",
                "timestamp",
                "last week",
                "context",
                Map.of("groupId", "acme")));

        // Then
        assertThat(answer.path("rejected")).hasSize(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            browser.find("#look").click();
            return browser.find("#quarantine").textContent().contains("/v1/track");
        });
        assertThat(browser.find("#quarantine").textContent())
                .contains("timestamp: … (expected: an ISO 8601 time")
                .doesNotContain("last week", "ana@example.com");
        assertThat(browser.find("#troubles").textContent()).contains("1 piece of usage rejected since yesterday");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePagesCanBeUsedByKeys() {
        // Given
        browser.open("/outreach");

        // When
        browser.page().keyboard().press("?");

        // Then
        browser.find("#keys[open]").waitFor();

        // When
        browser.page().keyboard().press("Escape");
        browser.page().keyboard().press("j");
        browser.page().keyboard().press("j");
        browser.page().keyboard().press("k");
        browser.page().keyboard().press("Enter");

        // Then
        browser.page().waitForURL("**/outreach/admin-onboarding");

        // When
        browser.page().keyboard().press("Tab");
        browser.page().keyboard().press("Enter");

        // Then
        assertThat(browser.page().evaluate("() => document.activeElement.id")).isEqualTo("main");
        assertThat(browser.complaints()).isEmpty();
    }

    /** The last, as it sends mails that the others know nothing of. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void whatPeopleDoOnThePagesIsDone() {
        // Given
        var preview = api.post(
                Service.OUTREACH, "/v1/campaigns/check-in-30-day/preview", Map.of("account", "blue-harbor-labs"));
        var asked = local.stack().platform().mailbox().received().stream()
                .filter(mail -> mail.header("X-Stagecoach-Campaign").equals(Optional.of("check-in-30-day")))
                .findFirst()
                .orElseThrow();

        // When
        browser.open("/accounts/blue-harbor-labs").getByText("Preview any").click();
        browser.find("select[name=campaign]").selectOption("check-in-30-day");
        browser.find("iframe.mail-frame").first().waitFor();

        // Then
        var mail = preview.path("mails").get(0);
        assertThat(browser.find("h2.subject").textContent())
                .isEqualTo(mail.path("subject").asText());
        assertThat(browser.find(".plain-text").textContent())
                .isEqualTo(mail.path("text").asText());
        assertThat(browser.page()
                        .frameLocator("iframe.mail-frame.phone")
                        .locator("body")
                        .textContent())
                .contains("Hi ");

        // When
        browser.find("input[name=to]").fill("ana@team.example.com");
        browser.find("form[action='/outreach/preview/test'] button").click();

        // Then
        browser.page().getByText("The mail server took the test.").waitFor();
        assertThat(local.stack().platform().mailbox().received())
                .filteredOn(received -> received.recipients().equals(List.of("ana@team.example.com")))
                .extracting(ReceivedMail::subject)
                .containsExactly("[Test] " + mail.path("subject").asText());

        // When
        var survey = asked.text()
                .orElseThrow()
                .lines()
                .filter(line -> line.contains("/survey/"))
                .findFirst()
                .orElseThrow();
        browser.page().navigate(survey.replaceFirst("^.*?(http\\S+/survey/[^?\\s]+).*$", "$1?score=10"));
        browser.find("textarea[name=comment]").fill("<b>Fast</b> & simple");
        browser.find("form button").first().click();

        // Then
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.open("/outreach/check-in-30-day").content().contains("<blockquote>"));
        assertThat(browser.find("section[aria-labelledby=answers]").textContent())
                .contains("NPS 100 of 1 answer", "<b>Fast</b> & simple");

        // When
        browser.open("/alerts?account=delta-freight");
        browser.page().keyboard().press("j");
        browser.page().keyboard().press("a");

        // Then
        browser.page().waitForURL("**/alerts?account=delta-freight#alert-*");
        assertThat(browser.find("li.alert").first().getAttribute("data-state")).isEqualTo("acknowledged");
        assertThat(browser.find("li.alert").nth(1).getAttribute("data-state")).isEqualTo("open");
        assertThat(browser.complaints()).isEmpty();
    }

    /**
     * Whatever other systems, instances and people tell: names, features, comments, reasons, versions, ids, causes. After the
     * tests that count, as none of it came from a service.
     */
    @Test
    @Order(Integer.MAX_VALUE - 2)
    void whatComesFromOutsideStaysText() {
        // Given
        var kafka = local.stack().platform().bootstrapServers();
        var graffiti = new Graffiti(Portfolio.LAST_DAY.atTime(12, 0).toInstant(ZoneOffset.UTC));
        var named = "<b data-graffiti>id & \"co\"/..?x#%41</b>";
        browser.open("/alerts");

        // When
        graffiti.tellOf("outsider", kafka);
        graffiti.tellOf(named, kafka);

        // Then alerts that slide in are text
        browser.find("li.alert", "data-graffiti").first().waitFor();
        assertNothingOfItIsMarkup("the alerts, live");

        // And so is each page
        for (var account : List.of("outsider", named)) {
            browser.open("/alerts?account=" + encoded(account));
            browser.find("li.alert", "data-graffiti").first().waitFor();
            assertNothingOfItIsMarkup("the alerts of " + account);
            browser.open("/?q=" + encoded(account));
            assertNothingOfItIsMarkup("the portfolio");
            browser.find("a.account").first().click();
            browser.page().waitForURL("**/accounts/**");
            assertThat(browser.find("main").innerText()).contains(Graffiti.MARKUP);
            assertNothingOfItIsMarkup("the page of " + account);
            var records = browser.find("a[href*='/records/']").all().stream()
                    .map(link -> link.getAttribute("href"))
                    .distinct()
                    .toList();
            assertThat(records).hasSizeGreaterThan(5);
            records.forEach(link -> {
                browser.open(link);
                assertNothingOfItIsMarkup(link);
            });
        }
        for (var path : List.of("/", "/outreach", "/system")) {
            browser.open(path);
            assertNothingOfItIsMarkup(path);
        }
        assertThat(graffiti.painted()).hasSizeGreaterThan(40);
    }

    private static void assertNothingOfItIsMarkup(String where) {
        assertThat(browser.find("[data-graffiti]").count()).as(where).isZero();
        assertThat(browser.find("a[href^='javascript:' i]").count()).as(where).isZero();
        assertThat(browser.complaints()).as(where).isEmpty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** In whole percent that are full: 79.9 % is not 80 %. */
    private static String percent(double fraction) {
        return (int) Math.floor(fraction * 100 + 1e-9) + " %";
    }

    @Test
    void nothingWasDecidedTwice() {
        assertThat(run.journal().repeated()).isEqualTo(List.of());
    }

    /** As docs/operating.md says, whose SQL is run. The last test: afterwards the sample has a person less. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aPersonWhoAsksForItIsForgotten() throws Exception {
        // Given somebody who got mails, wrote an answer, and whose address came on ways on which none belongs
        var person = Forgotten.whoGot(
                "check-in-30-day", local.stack().platform().mailbox().received());
        var remnants = new Remnants(local.stack().platform(), person.address());
        browser.page().navigate(person.helpLink());
        browser.find("#comment").fill("Write to " + person.address());
        browser.page().getByRole(AriaRole.BUTTON).click();
        api.track(Map.of("event", "search", "userId", person.address(), "timestamp", "last week", "groupId", "acme"));
        person.tellUnreadably(local.stack().platform().bootstrapServers());
        person.run(Forgotten.QUOTED_BY_A_RECEIVER, local.stack().platform());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(remnants.topics())
                        .containsExactly(
                                "alerts-service.dead-letters",
                                "alerts.scaled-success",
                                "contacts",
                                "outreach-service.dead-letters",
                                "outreach.responses",
                                "usage.quarantine"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(remnants.tables())
                        .containsExactly(
                                "alerts.alert",
                                "alerts.dead_letter",
                                "alerts.timeline",
                                "alerts.webhook_attempt",
                                "alerts.webhook_delivery",
                                "alerts.webhook_endpoint",
                                "outreach.contact",
                                "outreach.dead_letter",
                                "outreach.delivery",
                                "outreach.response"));
        assertThat(remnants.isIn("alerts", "dead_letter", "topic = 'contacts'")).isFalse();

        // When, Then
        assertThat(erase(person.address())).contains("still that of a contact of " + person.account());

        // When
        api.put(
                Service.LIFECYCLE,
                "/v1/accounts/" + person.account() + "/contacts",
                Map.of("contacts", person.others()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(erase(person.address()))
                        .contains("The address is still in", "usage.quarantine", "outreach.responses")
                        .doesNotContain("records of contacts:"));
        var erased = erase(
                person.address(),
                "--delete-from",
                "usage.quarantine,outreach.responses,alerts.scaled-success,outreach-service.dead-letters,"
                        + "alerts-service.dead-letters");
        person.run(Forgotten.runbookSql(LocalStack.HOME), local.stack().platform());

        // Then
        assertThat(erased).contains("The address is in none of them.", "exit code 0");
        assertThat(remnants.topics()).isEmpty();
        assertThat(remnants.tables()).isEmpty();
        assertThat(remnants.files(local.state().logs())).isEmpty();
        assertThat(api.get(Service.OUTREACH, "/v1/messages?account=" + person.account())
                        .findValuesAsText("contact"))
                .contains(person.contact());
    }

    private static String erase(String address, String... options) {
        var output = new ByteArrayOutputStream();
        var errors = new StringWriter();
        var arguments = new ArrayList<>(List.of("erase", address, "--author", "Data protection"));
        arguments.addAll(List.of("--kafka", local.stack().platform().bootstrapServers()));
        arguments.addAll(
                List.of("--outreach", local.stack().uri(Service.OUTREACH).toString()));
        arguments.addAll(List.of(options));
        int code = Main.commandLine(
                        LocalStack.HOME,
                        directory,
                        new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8), false))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
        return output.toString(StandardCharsets.UTF_8) + errors + "exit code " + code;
    }
}
