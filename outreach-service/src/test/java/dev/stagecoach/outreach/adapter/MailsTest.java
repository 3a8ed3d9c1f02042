package dev.stagecoach.outreach.adapter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageRecap.DayUsers;
import dev.stagecoach.events.UsageRecap.FeatureUse;
import dev.stagecoach.outreach.ComposeMail;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.account.ToldFacts;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.mail.InlineImage;
import dev.stagecoach.outreach.mail.Mail;
import dev.stagecoach.outreach.mail.Sender;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mail of the programme as a reader gets it, of an account of which all is known and of one of which nothing is. They are in
 * {@code target/mails} afterwards, to be looked at.
 */
class MailsTest {
    private static final Path PAGES = Path.of("target", "mails");
    private static final int LARGEST = 100_000;
    private static final PolicyFiles FILES = new PolicyFiles(Optional.empty());
    private static final QuteTemplates TEMPLATES = new QuteTemplates(FILES, Locale.ENGLISH);
    private static final Campaigns CAMPAIGNS = new YamlCampaigns(FILES, TEMPLATES::exist).read();
    private static final ComposeMail COMPOSER = new ComposeMail(
            TEMPLATES,
            new HmacLinks(
                    URI.create("https://outreach.example.com"),
                    new Seal(new LinkSecrets("only-for-this-test", List.of()))),
            new JFreePictures(),
            new Sender(
                    "Robin from customer success <success@example.com>",
                    "success@example.com",
                    "Robin",
                    "Customer success",
                    "Example Ltd, 1 Example Street, Example City",
                    "outreach.example.com",
                    Optional.of(URI.create("https://docs.example.com/")),
                    Locale.ENGLISH),
            new HmacEnvelopeSenders(new LinkSecrets("only-for-this-test", List.of()), "bounces.example.com"));

    /** A mail with the name of its page. */
    record Page(
            String name,
            Campaign campaign,
            Step step,
            @Nullable String language,
            boolean allIsKnown) {
        Mail mail() {
            Contact reader = new Contact(
                    "c1", "Ada Reader", "ada@example.com", campaign.audience(), ZoneId.of("Europe/Berlin"), language);
            Account account = Account.unknown("blue-harbor", 0).withFacts(facts(), Instant.EPOCH);
            return COMPOSER.compose(
                    campaign, step, delivery(), account, reader, allIsKnown ? told(campaign.trigger()) : Map.of());
        }

        private Delivery delivery() {
            Instant due = Instant.parse("2025-11-03T23:30:00Z");
            String occurrence = campaign.id() + "/blue-harbor/2025-08-05";
            return new Delivery(
                    Delivery.idOf(occurrence, step.step(), "c1"),
                    "blue-harbor",
                    0,
                    campaign.id(),
                    occurrence,
                    step.step(),
                    "c1",
                    "c1",
                    "ada@example.com",
                    DeliveryState.PLANNED,
                    due,
                    due,
                    null,
                    null,
                    due,
                    false,
                    null);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static AccountFacts facts() {
        return new AccountFacts(
                "blue-harbor",
                "Blue Harbor & Sons",
                Segment.DIGITAL,
                List.of(Product.CODE_SEARCH, Product.CODY),
                250,
                false,
                null,
                null,
                LocalDate.parse("2025-08-05"),
                LocalDate.parse("2026-08-05"),
                null,
                ZoneId.of("Europe/Berlin"),
                Owners.NONE,
                List.of(),
                null);
    }

    private static Map<String, @Nullable Object> told(Trigger trigger) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        Map<String, @Nullable Object> usage = new HashMap<>();
        usage.put("mau", 1168);
        usage.put("seats", 2500);
        usage.put("utilization", 0.4672);
        usage.put("usage", 0.24);
        facts.put("usage", usage);
        Map<String, @Nullable Object> recap = ToldFacts.recap(october(), september());
        recap.put("products", List.of("code-search", "cody"));
        facts.put("recap", recap);
        facts.put("feature", ToldFacts.feature("batch-changes"));
        facts.put("quarter", Map.of("number", 2));
        if (trigger instanceof Trigger.HealthBecame) {
            facts.put("health", ToldFacts.health(poorHealth()));
        }
        return facts;
    }

    private static UsageRecap october() {
        YearMonth month = YearMonth.parse("2025-10");
        List<DayUsers> days = new ArrayList<>();
        for (int day = 1; day <= 31; day++) {
            LocalDate date = month.atDay(day);
            boolean weekend = date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
            if (day != 9) {
                days.add(new DayUsers(date, weekend ? 18 + day : 240 + (day * 37) % 90));
            }
        }
        return new UsageRecap(
                "blue-harbor",
                month,
                1168,
                216.5,
                48_211L,
                List.of(
                        new FeatureUse("code-search", 31_417),
                        new FeatureUse("cody", 9_120),
                        new FeatureUse("batch-changes", 12)),
                0.118,
                "1",
                days);
    }

    private static UsageRecap september() {
        return new UsageRecap(
                "blue-harbor", YearMonth.parse("2025-09"), 1045, 227.4, 48_300L, List.of(), null, "1", List.of());
    }

    private static HealthChanged poorHealth() {
        return new HealthChanged(
                "blue-harbor",
                HealthLevel.CONCERNING,
                HealthLevel.POOR,
                2.5,
                Instant.parse("2025-11-03T10:00:00Z"),
                "default",
                List.of(
                        new HealthCategory(
                                "utilization",
                                55,
                                0.0,
                                List.of(
                                        new HealthMeasure("mau-per-seat", 0.4672, 0, "poor: below 50 %"),
                                        new HealthMeasure("dau-per-mau", 0.174, 0, "poor: at most 20 %"))),
                        new HealthCategory(
                                "technical",
                                15,
                                0.0,
                                List.of(
                                        new HealthMeasure("versions-behind", 5, 0, "poor: more than 4"),
                                        new HealthMeasure("help-tickets-90-days", 16, 0, "poor: 15 or more")))),
                List.of(),
                "1");
    }

    static Stream<Page> pages() {
        List<Page> pages = new ArrayList<>();
        for (Campaign campaign : CAMPAIGNS.all()) {
            for (Step step : campaign.steps()) {
                String name = campaign.id() + "-" + step.step();
                pages.add(new Page(name, campaign, step, null, true));
                pages.add(new Page(name + "-unknown", campaign, step, null, false));
                step.translations()
                        .keySet()
                        .forEach(
                                language -> pages.add(new Page(name + "-" + language, campaign, step, language, true)));
            }
        }
        return pages.stream();
    }

    /** The service itself does so at its start only with campaigns of a directory. */
    @Test
    void templatesAskForWhatTheirTriggersTell() {
        TemplateCheck check = new TemplateCheck(FILES, Locale.ENGLISH);

        assertThat(CAMPAIGNS.all())
                .isNotEmpty()
                .allSatisfy(
                        campaign -> assertThatCode(() -> check.check(campaign)).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isWhatAMailShouldBe(Page page) throws IOException {
        // When
        Mail mail = page.mail();

        // Then
        write(page, mail);
        assertThat(mail.subject()).hasSizeLessThan(50).doesNotContain("!");
        assertThat(mail.html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LARGEST);
        assertThat(found(mail.html(), "(?:href|src)=\"([^\"]*)\""))
                .isNotEmpty()
                .allMatch(link -> link.startsWith("https://outreach.example.com/")
                        || link.startsWith("https://docs.example.com/")
                        || link.startsWith("cid:"));
        assertThat(found(mail.html(), "url\\(([^)]*)\\)")).isEmpty();
        assertThat(found(mail.html(), "src=\"cid:([^\"]*)\""))
                .isEqualTo(mail.images().stream().map(InlineImage::contentId).toList());
        assertThat(found(mail.html(), "<img[^>]*alt=\"([^\"]*)\"")).noneMatch(String::isBlank);
        assertThat(mail.html()).contains("Ada", "Blue Harbor &amp; Sons");
        assertThat(mail.text())
                .contains("Ada", "Blue Harbor & Sons", "1 Example Street")
                .doesNotContain("<", "\n\n\n");
        for (String part : List.of(mail.html(), mail.text())) {
            assertThat(part).contains("/unsubscribe/", "/preferences/").doesNotContain("NOT_FOUND", "null");
            assertThat(found(part, "(\\{[#/a-z!][^}]*})")).isEmpty();
        }
    }

    private static void write(Page page, Mail mail) throws IOException {
        Files.createDirectories(PAGES);
        Files.writeString(PAGES.resolve(page.name() + ".html"), mail.pageHtml());
        Files.writeString(PAGES.resolve(page.name() + ".txt"), mail.subject() + "\n\n" + mail.text());
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> requireNonNull(match.group(1)))
                .toList();
    }

    @Test
    void whatIsNotKnownIsNotZero() {
        assertThat(pages().filter(page -> !page.allIsKnown())
                        .map(page -> page.mail().text()))
                .noneMatch(text -> Pattern.compile("(?m)(^|\\s)0( |%|$)")
                        .matcher(text.replace("from 0 ", ""))
                        .find());
    }

    private static Mail checkIn(String language) {
        Campaign campaign = CAMPAIGNS.byId("check-in-30-day").orElseThrow();
        return new Page("check-in", campaign, campaign.steps().get(0), language, true).mail();
    }

    @Test
    void readersOfAnotherLanguageGetAllOfItInTheirs() {
        Mail mail = checkIn("de-AT");

        assertThat(mail.subject()).isEqualTo("Ein Monat dabei - wie läuft es?");
        assertThat(mail.text()).startsWith("Hallo Ada,").contains("ist seit einem Monat dabei", "Abbestellen: ");
        assertThat(mail.html()).contains("lang=\"de\"", "Hallo Ada,", "Um Hilfe bitten", "Abbestellen</a>");
    }

    @Test
    void readersOfALanguageThatIsNotThereGetAllOfItInTheDefault() {
        assertThat(checkIn("fr")).isEqualTo(checkIn("en"));
    }
}
