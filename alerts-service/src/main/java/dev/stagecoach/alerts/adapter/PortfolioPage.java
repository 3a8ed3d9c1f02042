package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings.Targets;
import dev.stagecoach.alerts.adapter.PortfolioQuery.Sort;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The portfolio as its page shows it.
 *
 * @param instant the time as ticks tell it
 * @param found how many accounts the query finds, on all pages
 * @param owners all there are
 */
@TemplateData
record PortfolioPage(
        PortfolioQuery query,
        Optional<Instant> instant,
        Targets targets,
        PortfolioCounts counts,
        long found,
        List<PortfolioLine> lines,
        List<String> owners) {
    static final int ROWS = 100;
    private static final String PATH = "/";
    private static final int[] RENEWALS = {30, 60, 120, 365};

    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    public String search() {
        return query.search().orElse("");
    }

    public boolean filtered() {
        return query.isFiltered();
    }

    public String csv() {
        return query.on(1).link("/portfolio.csv");
    }

    /** Kept by the form when a filter changes; empty for the order that comes by itself. */
    public String sort() {
        return query.sort() == Sort.ATTENTION ? "" : query.sort().wireName();
    }

    public String direction() {
        return query.reversed() ? "desc" : "";
    }

    public List<Filter> stages() {
        return Arrays.stream(Stage.values())
                .map(stage -> new Filter(
                        stage.wireName(),
                        "stage-" + stage.wireName().toLowerCase(Locale.ROOT),
                        counts.in(stage),
                        query.in(query.stage().equals(Optional.of(stage)) ? Optional.empty() : Optional.of(stage))
                                .link(PATH),
                        query.stage().equals(Optional.of(stage))))
                .toList();
    }

    public List<Filter> levels() {
        return Arrays.stream(HealthLevel.values())
                .map(level -> new Filter(
                        level.wireName(),
                        "health-" + level.wireName(),
                        counts.of(level),
                        query.of(query.health().equals(Optional.of(level)) ? Optional.empty() : Optional.of(level))
                                .link(PATH),
                        query.health().equals(Optional.of(level))))
                .toList();
    }

    public List<Choice> segmentChoices() {
        return Arrays.stream(Segment.values())
                .map(segment -> new Choice(
                        segment.wireName(), segment.wireName(), query.segment().equals(Optional.of(segment))))
                .toList();
    }

    public List<Choice> stageChoices() {
        return Arrays.stream(Stage.values())
                .map(stage -> new Choice(
                        stage.wireName(), stage.wireName(), query.stage().equals(Optional.of(stage))))
                .toList();
    }

    public List<Choice> healthChoices() {
        return Arrays.stream(HealthLevel.values())
                .map(level -> new Choice(
                        level.wireName(), level.wireName(), query.health().equals(Optional.of(level))))
                .toList();
    }

    public List<Choice> ownerChoices() {
        List<Choice> choices = new ArrayList<>();
        query.owner()
                .filter(owner -> !owners.contains(owner))
                .ifPresent(owner -> choices.add(new Choice(owner, owner, true)));
        owners.forEach(
                owner -> choices.add(new Choice(owner, owner, query.owner().equals(Optional.of(owner)))));
        return choices;
    }

    public List<Choice> renewalChoices() {
        List<Choice> choices = new ArrayList<>();
        query.renewsWithin()
                .filter(days -> Arrays.stream(RENEWALS).noneMatch(one -> one == days))
                .ifPresent(days -> choices.add(new Choice(String.valueOf(days), days + " days", true)));
        Arrays.stream(RENEWALS)
                .forEach(days -> choices.add(new Choice(
                        String.valueOf(days),
                        days + " days",
                        query.renewsWithin().equals(Optional.of(days)))));
        return choices;
    }

    public Column attention() {
        return column(Sort.ATTENTION);
    }

    public Column byName() {
        return column(Sort.NAME);
    }

    public Column byStage() {
        return column(Sort.STAGE);
    }

    public Column byHealth() {
        return column(Sort.HEALTH);
    }

    public Column byUtilization() {
        return column(Sort.UTILIZATION);
    }

    public Column byUsage() {
        return column(Sort.USAGE);
    }

    public Column bySeats() {
        return column(Sort.SEATS);
    }

    public Column byRenewal() {
        return column(Sort.RENEWS);
    }

    private Column column(Sort sort) {
        boolean chosen = query.sort() == sort;
        String link = query.sortedBy(sort, chosen && !query.reversed()).link(PATH);
        if (!chosen) {
            return new Column(link, null, "");
        }
        // Attention and seats begin with the most.
        boolean descending = query.reversed() != (sort == Sort.ATTENTION || sort == Sort.SEATS);
        return new Column(link, descending ? "descending" : "ascending", descending ? "↓" : "↑");
    }

    /** Where the target is in a bar 100 wide. */
    public double targetMark() {
        return targets.utilization() - 0.5;
    }

    public long from() {
        return found == 0 ? 0 : (query.page() - 1L) * ROWS + 1;
    }

    public long to() {
        return Math.min(found, (long) query.page() * ROWS);
    }

    public @Nullable String previous() {
        return query.page() == 1 ? null : query.on(query.page() - 1).link(PATH);
    }

    public @Nullable String next() {
        return to() >= found ? null : query.on(query.page() + 1).link(PATH);
    }

    public List<View> views() {
        return List.of(
                new View("Poor health", "/?health=poor"),
                new View("Renews within 60 days", "/?renews=60&sort=renews"),
                new View("Onboarding, lowest utilization first", "/?stage=Onboarding&sort=utilization"),
                new View("Ready to expand: highest utilization first", "/?sort=utilization&dir=desc"));
    }

    /** A count that filters when it is clicked. */
    @TemplateData
    record Filter(String name, String hue, long accounts, String link, boolean chosen) {}

    /** An option of a filter. */
    @TemplateData
    record Choice(String value, String label, boolean chosen) {}

    /**
     * The head of a column.
     *
     * @param order for programs that read the page out; null when it is sorted by another one
     */
    @TemplateData
    record Column(String link, @Nullable String order, String arrow) {}

    /** A query with a name. */
    @TemplateData
    record View(String name, String link) {}
}
