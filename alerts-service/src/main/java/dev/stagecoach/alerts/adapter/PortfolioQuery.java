package dev.stagecoach.alerts.adapter;

import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts to list, and in which order: what the address of the page says. An absent part accepts all.
 *
 * @param search part of the name or of the id
 * @param owner technical advisor or account executive
 * @param renewsWithin days
 * @param page from 1
 */
record PortfolioQuery(
        Optional<String> search,
        Optional<Segment> segment,
        Optional<Stage> stage,
        Optional<HealthLevel> health,
        Optional<String> owner,
        Optional<Integer> renewsWithin,
        Sort sort,
        boolean reversed,
        int page) {
    private static final int MOST_DAYS = 3650;
    private static final int MOST_PAGES = 1_000_000;

    static final PortfolioQuery ALL = new PortfolioQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Sort.ATTENTION,
            false,
            1);

    /** What to sort by; each begins with what a person looks for first. */
    enum Sort {
        ATTENTION,
        NAME,
        STAGE,
        HEALTH,
        UTILIZATION,
        USAGE,
        SEATS,
        RENEWS;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Sort of(String name) {
            return Arrays.stream(values())
                    .filter(sort -> sort.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.badRequest("sort: " + name + " (expected one of: "
                            + Arrays.stream(values()).map(Sort::wireName).collect(Collectors.joining(", ")) + ")"));
        }
    }

    /**
     * The query that an address says.
     *
     * @param parameters the first value of each
     * @throws ProblemException naming the parameter that makes no sense
     */
    static PortfolioQuery of(Map<String, String> parameters) {
        return new PortfolioQuery(
                given(parameters, "q"),
                given(parameters, "segment").map(name -> named("segment", name, Segment::of)),
                given(parameters, "stage").map(name -> named("stage", name, Stage::of)),
                given(parameters, "health").map(name -> named("health", name, HealthLevel::of)),
                given(parameters, "owner"),
                given(parameters, "renews").map(days -> number("renews", days, MOST_DAYS)),
                given(parameters, "sort").map(Sort::of).orElse(Sort.ATTENTION),
                given(parameters, "dir").map(PortfolioQuery::isReversed).orElse(false),
                given(parameters, "page")
                        .map(page -> number("page", page, MOST_PAGES))
                        .orElse(1));
    }

    private static Optional<String> given(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static <T> T named(String parameter, String name, Function<String, T> named) {
        try {
            return named.apply(name);
        } catch (IllegalArgumentException e) {
            // "Stage: nowhere (expected …": the parameter is what the caller knows.
            throw ProblemException.badRequest(
                    parameter + String.valueOf(e.getMessage()).replaceFirst("^[^:]*", ""));
        }
    }

    private static int number(String parameter, String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ProblemException.badRequest(
                parameter + ": " + text + " (expected: a whole number from 1 to " + most + ")");
    }

    private static boolean isReversed(String direction) {
        if (!List.of("asc", "desc").contains(direction)) {
            throw ProblemException.badRequest("dir: " + direction + " (expected one of: asc, desc)");
        }
        return direction.equals("desc");
    }

    boolean isFiltered() {
        return !on(1).sortedBy(Sort.ATTENTION, false).equals(ALL);
    }

    PortfolioQuery on(int otherPage) {
        return new PortfolioQuery(search, segment, stage, health, owner, renewsWithin, sort, reversed, otherPage);
    }

    PortfolioQuery sortedBy(Sort other, boolean otherReversed) {
        return new PortfolioQuery(search, segment, stage, health, owner, renewsWithin, other, otherReversed, 1);
    }

    PortfolioQuery in(Optional<Stage> other) {
        return new PortfolioQuery(search, segment, other, health, owner, renewsWithin, sort, reversed, 1);
    }

    PortfolioQuery of(Optional<HealthLevel> other) {
        return new PortfolioQuery(search, segment, stage, other, owner, renewsWithin, sort, reversed, 1);
    }

    /** The address that says this query. */
    String link(String path) {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        parameters.put("q", search.orElse(null));
        parameters.put("segment", segment.map(Segment::wireName).orElse(null));
        parameters.put("stage", stage.map(Stage::wireName).orElse(null));
        parameters.put("health", health.map(HealthLevel::wireName).orElse(null));
        parameters.put("owner", owner.orElse(null));
        parameters.put("renews", renewsWithin.map(String::valueOf).orElse(null));
        parameters.put("sort", sort == Sort.ATTENTION ? null : sort.wireName());
        parameters.put("dir", reversed ? "desc" : null);
        parameters.put("page", page == 1 ? null : String.valueOf(page));
        String query = parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "="
                        + URLEncoder.encode(String.valueOf(parameter.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }
}
