package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.Portfolio.Choice;
import dev.stagecoach.alerts.adapter.Portfolio.StageCount;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.Stage;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what the page shows. */
@ApplicationScoped
class JpaPortfolio implements PanacheRepositoryBase<AccountRow, String> {
    private static final int MOST_ACCOUNTS = 500;
    private static final int ALERTS = 40;

    private final JpaAlertLog log;
    private final EntityManager entityManager;

    JpaPortfolio(JpaAlertLog log, EntityManager entityManager) {
        this.log = log;
        this.entityManager = entityManager;
    }

    /**
     * The page.
     *
     * @param stage shows accounts of this stage only
     */
    @Transactional
    public Portfolio show(AlertFilter filter, Optional<Stage> stage, Optional<Cursor> after) {
        List<AccountRow> accounts = listAll(Sort.by("name").and("id"));
        Optional<Instant> now = now();
        List<AccountLine> lines = accounts.stream()
                .filter(row -> filter.account().map(row.id::equals).orElse(true))
                .filter(row ->
                        stage.map(one -> one.wireName().equals(row.stage)).orElse(true))
                .map(row -> new AccountLine(row, now))
                .toList();
        List<StoredAlert> alerts = log.newest(filter, after, ALERTS + 1);
        List<StoredAlert> shown = alerts.subList(0, Math.min(ALERTS, alerts.size()));
        return new Portfolio(
                now.map(Instant::toString).orElse(null),
                now.map(PageText::time).orElse(null),
                filter.account()
                        .map(id -> accounts.stream()
                                .filter(row -> row.id.equals(id))
                                .map(AccountRow::displayName)
                                .findFirst()
                                .orElse(id))
                        .orElse(null),
                stageCounts(accounts, stage),
                lines.subList(0, Math.min(MOST_ACCOUNTS, lines.size())),
                Math.max(0, lines.size() - MOST_ACCOUNTS),
                withChatProblems(shown),
                accountChoices(accounts, filter),
                kindChoices(filter),
                !filter.equals(AlertFilter.ALL),
                alerts.size() > ALERTS ? "/alerts?" + query(filter, Optional.of(shown.get(ALERTS - 1))) : null,
                "/alerts/stream?" + query(filter, Optional.empty()),
                DeliveryRow.count("state = 'failed' or (state = 'waiting' and lastError is not null)"));
    }

    /** The alert as the list shows it. */
    AlertLine line(StoredAlert alert) {
        return new AlertLine(alert, null);
    }

    private Optional<Instant> now() {
        List<?> ticks = entityManager
                .createNativeQuery("select at from clock", Instant.class)
                .getResultList();
        return ticks.stream().map(Instant.class::cast).findFirst();
    }

    private static List<StageCount> stageCounts(Collection<AccountRow> accounts, Optional<Stage> chosen) {
        Map<String, Long> counts = accounts.stream()
                .filter(row -> row.stage != null)
                .collect(Collectors.groupingBy(row -> String.valueOf(row.stage), Collectors.counting()));
        return Arrays.stream(Stage.values())
                .map(stage -> new StageCount(
                        stage.wireName(),
                        stage.wireName().toLowerCase(Locale.ROOT),
                        counts.getOrDefault(stage.wireName(), 0L),
                        chosen.equals(Optional.of(stage))))
                .toList();
    }

    private static List<AlertLine> withChatProblems(List<StoredAlert> alerts) {
        List<DeliveryRow> troubled = DeliveryRow.list(
                "alert in ?1 and state <> 'sent' and lastError is not null",
                alerts.stream().map(StoredAlert::id).toList());
        Map<String, String> problems = troubled.stream()
                .collect(Collectors.toMap(row -> row.alert, JpaPortfolio::problem, (one, other) -> one));
        return alerts.stream()
                .map(alert -> new AlertLine(alert, problems.get(alert.id())))
                .toList();
    }

    private static String problem(DeliveryRow row) {
        return row.state.equals("failed")
                ? "Not posted to Slack: " + row.lastError
                : "Waits for Slack: " + row.lastError + ", tried " + row.attempts + " times";
    }

    private static List<Choice> accountChoices(List<AccountRow> accounts, AlertFilter filter) {
        List<Choice> choices = new ArrayList<>();
        for (AccountRow row : accounts) {
            choices.add(new Choice(row.id, row.displayName(), filter.account().equals(Optional.of(row.id))));
        }
        filter.account()
                .filter(id -> accounts.stream().noneMatch(row -> row.id.equals(id)))
                .ifPresent(id -> choices.add(new Choice(id, id, true)));
        return choices;
    }

    private static List<Choice> kindChoices(AlertFilter filter) {
        return Arrays.stream(AlertKind.values())
                .map(kind ->
                        new Choice(kind.wireName(), kind.label(), filter.kind().equals(Optional.of(kind))))
                .toList();
    }

    private static String query(AlertFilter filter, Optional<StoredAlert> after) {
        List<String> parts = new ArrayList<>();
        filter.account().ifPresent(account -> parts.add("account=" + encoded(account)));
        filter.kind().ifPresent(kind -> parts.add("kind=" + kind.wireName()));
        after.ifPresent(alert -> parts.add("after=" + new Cursor(alert.at(), alert.id()).text()));
        return String.join("&", parts);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
