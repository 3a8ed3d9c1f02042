package dev.stagecoach.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the requests against the portfolio's numbers, by counting in them as a service would. */
class PortfolioTest {

    private static final Portfolio PORTFOLIO = Portfolio.ofSize(Portfolio.stories());
    private static final Map<LocalDate, SampleDay> DAYS = new TreeMap<>();
    private static final IdentityHashMap<Request, JsonNode> BODIES = new IdentityHashMap<>();

    @BeforeAll
    static void playEveryDay() {
        days().forEach(day -> DAYS.put(day, PORTFOLIO.day(day)));
    }

    private static Stream<LocalDate> days() {
        return Portfolio.FIRST_DAY.datesUntil(Portfolio.LAST_DAY.plusDays(1));
    }

    private static JsonNode body(Request request) {
        return BODIES.computeIfAbsent(request, PortfolioTest::parse);
    }

    private static JsonNode parse(Request request) {
        try {
            var bytes = request.gzip()
                    ? new GZIPInputStream(new ByteArrayInputStream(request.body())).readAllBytes()
                    : request.body();
            return EventCodec.json().readTree(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> pings(String instance) {
        return DAYS.values().stream()
                .flatMap(day -> day.usage().stream())
                .filter(request -> request.path().equals("/v1/pings"))
                .map(PortfolioTest::body)
                .filter(ping -> ping.path("instance").asText().equals(instance))
                .toList();
    }

    private static List<JsonNode> events(String account) {
        var events = new ArrayList<JsonNode>();
        DAYS.values().stream()
                .flatMap(day -> day.usage().stream())
                .filter(request ->
                        request.path().equals("/v1/track") || request.path().equals("/v1/batch"))
                .map(PortfolioTest::body)
                .forEach(body -> {
                    if (body.has("batch")) {
                        body.get("batch").forEach(events::add);
                    } else {
                        events.add(body);
                    }
                });
        return events.stream()
                .filter(event -> event.at("/context/groupId").asText().equals(account))
                .toList();
    }

    private static LocalDate dateOf(JsonNode usage, String field) {
        return LocalDate.parse(usage.path(field).asText().substring(0, 10));
    }

    @Test
    void aDayIsTheSameHoweverOftenItIsAskedFor() {
        // Given
        var date = LocalDate.parse("2025-06-17");

        // When
        var again = Portfolio.ofSize(Portfolio.stories()).day(date);

        // Then
        assertThat(again.usage().stream().map(PortfolioTest::body).toList())
                .isEqualTo(
                        DAYS.get(date).usage().stream().map(PortfolioTest::body).toList());
    }

    @Test
    void theHighestMonthCountOfThePingsIsTheIntendedMonth() {
        for (var company : PORTFOLIO.companies()) {
            for (var source : company.pings()) {
                if (source.updates()) {
                    continue;
                }
                // When
                var months = new HashMap<YearMonth, Integer>();
                pings(source.instance())
                        .forEach(ping -> months.merge(
                                YearMonth.from(dateOf(ping, "at")),
                                ping.at("/activeUsers/month").asInt(),
                                Math::max));

                // Then
                assertThat(months).hasSameSizeAs(source.months());
                source.months()
                        .forEach((month, use) -> assertThat(months.get(month))
                                .as("%s in %s", source.instance(), month)
                                .isEqualTo(use.users()));
            }
        }
    }

    @Test
    void theDistinctUsersOfTheEventsAreTheIntendedDaysAndMonths() {
        for (var company : PORTFOLIO.companies()) {
            for (var source : company.events()) {
                // When
                var days = new HashMap<LocalDate, Set<String>>();
                var months = new HashMap<YearMonth, Set<String>>();
                for (var event : events(company.id())) {
                    var date = dateOf(event, "timestamp");
                    var user = event.path("userId").asText();
                    days.computeIfAbsent(date, day -> new HashSet<>()).add(user);
                    months.computeIfAbsent(YearMonth.from(date), month -> new HashSet<>())
                            .add(user);
                }

                // Then
                source.months().forEach((month, use) -> {
                    assertThat(months.get(month))
                            .as("%s in %s", company.id(), month)
                            .hasSize(use.users());
                });
                days().filter(source::isActive).forEach(date -> {
                    var use = source.months().get(YearMonth.from(date));
                    assertThat(days.getOrDefault(date, Set.of()))
                            .as("%s on %s", company.id(), date)
                            .hasSize(WorkingDays.contains(date) ? use.onWorkingDay() : use.onFreeDay());
                });
            }
        }
    }

    @Test
    void delaysAndRepetitionsDoNotTouchTheFirstUseOfAFeature() {
        for (var company : PORTFOLIO.companies()) {
            for (var source : company.events()) {
                // When
                var first = new TreeMap<String, LocalDate>();
                DAYS.forEach((date, day) -> day.usage().stream()
                        .filter(request -> request.path().startsWith("/v1/track")
                                || request.path().startsWith("/v1/batch"))
                        .map(PortfolioTest::body)
                        .flatMap(body -> body.has("batch")
                                ? Stream.iterate(0, i -> i < body.get("batch").size(), i -> i + 1)
                                        .map(i -> body.get("batch").get(i))
                                : Stream.of(body))
                        .filter(event -> event.at("/context/groupId").asText().equals(company.id()))
                        .forEach(event -> first.putIfAbsent(
                                event.has("properties")
                                        ? event.at("/properties/feature").asText()
                                        : event.path("event").asText(),
                                date)));

                // Then
                assertThat(first).as(company.id()).isEqualTo(source.features());
            }
        }
    }

    @Test
    void theSampleHoldsWhatNetworksDo() {
        // Given
        var requests =
                DAYS.values().stream().flatMap(day -> day.usage().stream()).toList();
        var events = PORTFOLIO.companies().stream()
                .flatMap(company -> events(company.id()).stream())
                .toList();

        // Then
        var ids = events.stream().map(event -> event.path("messageId").asText()).toList();
        assertThat(new HashSet<>(ids)).hasSizeBetween(90_000, 150_000).hasSizeLessThan(ids.size());
        assertThat(requests)
                .anyMatch(Request::gzip)
                .anyMatch(request -> request.path().equals("/updates"));
        assertThat(pings("granite-prod")).hasSizeGreaterThan(new HashSet<>(pings("granite-prod")).size());
        assertThat(pings("fern-prod").stream().map(ping -> dateOf(ping, "at")).toList())
                .contains(LocalDate.parse("2025-03-31"))
                .isNotEqualTo(pings("fern-prod").stream()
                        .map(ping -> dateOf(ping, "at"))
                        .sorted()
                        .toList());
    }

    @Test
    void aLargerPortfolioTellsTheStoriesAgainUnderOtherNames() {
        // When
        var companies = Portfolio.ofSize(Portfolio.stories() + 2).companies();

        // Then
        assertThat(companies.stream().map(Company::id)).doesNotHaveDuplicates();
        assertThat(companies.get(Portfolio.stories() + 1).id()).isEqualTo("northwind-rail-2");
        assertThat(companies.get(Portfolio.stories() + 1).story())
                .isEqualTo(companies.get(1).story());
    }

    @Test
    void everyFactsBodyIsWhatTheAccountIsKnownByThen() {
        // When
        var bodies = new TreeMap<LocalDate, JsonNode>();
        DAYS.forEach((date, day) -> day.facts().stream()
                .filter(request -> request.path().equals("/v1/accounts/fern-insights"))
                .forEach(request -> bodies.put(date, body(request))));

        // Then
        assertThat(bodies.keySet())
                .containsExactly(
                        LocalDate.parse("2025-01-02"),
                        LocalDate.parse("2025-01-13"),
                        LocalDate.parse("2025-02-18"),
                        LocalDate.parse("2026-01-08"),
                        LocalDate.parse("2026-02-05"));
        var last = bodies.get(LocalDate.parse("2026-02-05"));
        assertThat(last.path("seats").asInt()).isEqualTo(175);
        assertThat(last.path("renewsOn").asText()).isEqualTo("2027-01-13");
        assertThat(last.has("extendedUntil")).isFalse();
    }
}
