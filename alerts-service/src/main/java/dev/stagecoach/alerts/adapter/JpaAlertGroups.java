package dev.stagecoach.alerts.adapter;

import dev.stagecoach.events.HealthLevel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the alerts for their page. */
@ApplicationScoped
class JpaAlertGroups {
    private static final int ALERTS = 50;
    private static final String ACCOUNTS = """
            select account, coalesce(name, account), stage, health from portfolio where account in (:accounts)
            """;

    private final JpaAlertLog log;
    private final JdbcAlertActs acts;
    private final EntityManager entityManager;

    JpaAlertGroups(JpaAlertLog log, JdbcAlertActs acts, EntityManager entityManager) {
        this.log = log;
        this.acts = acts;
        this.entityManager = entityManager;
    }

    @Transactional
    public AlertsPage show(AlertFilter filter, Optional<Cursor> after) {
        // One more than is shown tells whether there are older ones.
        List<StoredAlert> found = log.newest(filter, after, ALERTS + 1);
        List<StoredAlert> shown = found.subList(0, Math.min(ALERTS, found.size()));
        Map<String, Head> heads = heads(shown, filter.account());
        return new AlertsPage(
                filter,
                now(),
                groups(shown, heads),
                filter.account().map(account -> head(heads, account).name()).orElse(null),
                found.size() > ALERTS ? "/alerts?" + query(filter, Optional.of(shown.get(ALERTS - 1))) : null,
                "/alerts/stream?" + query(filter, Optional.empty()),
                DeliveryRow.count("state = 'failed' or (state = 'waiting' and lastError is not null)"));
    }

    /** The newest alerts. */
    @Transactional
    public List<AlertLine> newest(AlertFilter filter, int limit) {
        List<StoredAlert> alerts = log.newest(filter, Optional.empty(), limit);
        return lines(alerts);
    }

    private Optional<Instant> now() {
        List<?> ticks = entityManager
                .createNativeQuery("select at from clock", Instant.class)
                .getResultList();
        return ticks.stream().map(Instant.class::cast).findFirst();
    }

    private Map<String, Head> heads(Collection<StoredAlert> alerts, Optional<String> asked) {
        List<String> accounts = new ArrayList<>(asked.stream().toList());
        alerts.forEach(alert -> accounts.add(alert.account()));
        if (accounts.isEmpty()) {
            return Map.of();
        }
        List<?> rows = entityManager
                .createNativeQuery(ACCOUNTS, Object[].class)
                .setParameter("accounts", accounts)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .collect(Collectors.toMap(row -> String.valueOf(row[0]), Head::of));
    }

    private static Head head(Map<String, Head> heads, String account) {
        return heads.getOrDefault(account, new Head(account, null, null));
    }

    private List<AlertLine> lines(List<StoredAlert> alerts) {
        Map<String, String> problems = chatProblems(alerts);
        Map<String, List<PastAct>> done =
                acts.histories(alerts.stream().map(StoredAlert::id).toList());
        return alerts.stream()
                .map(alert -> new AlertLine(
                        alert,
                        problems.get(alert.id()),
                        done.getOrDefault(alert.id(), List.of()).stream()
                                .map(AlertLine.Done::new)
                                .toList()))
                .toList();
    }

    private List<AlertGroup> groups(List<StoredAlert> alerts, Map<String, Head> heads) {
        Map<String, List<AlertLine>> lines = new LinkedHashMap<>();
        lines(alerts)
                .forEach(line -> lines.computeIfAbsent(line.alert().account(), account -> new ArrayList<>())
                        .add(line));
        return lines.entrySet().stream()
                .map(entry -> head(heads, entry.getKey()).group(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Map<String, String> chatProblems(Collection<StoredAlert> alerts) {
        List<DeliveryRow> troubled = DeliveryRow.list(
                "alert in ?1 and state <> 'sent' and lastError is not null",
                alerts.stream().map(StoredAlert::id).toList());
        return troubled.stream()
                .collect(Collectors.toMap(row -> row.alert, JpaAlertGroups::problem, (one, other) -> one));
    }

    private static String problem(DeliveryRow row) {
        return row.state.equals("failed")
                ? "Not posted to Slack: " + row.lastError
                : "Waits for Slack: " + row.lastError + ", tried " + row.attempts + " times";
    }

    private static String query(AlertFilter filter, Optional<StoredAlert> after) {
        List<String> parts = new ArrayList<>();
        filter.account()
                .ifPresent(account -> parts.add("account=" + URLEncoder.encode(account, StandardCharsets.UTF_8)));
        filter.kind().ifPresent(kind -> parts.add("kind=" + kind.wireName()));
        filter.state().ifPresent(state -> parts.add("state=" + state.wireName()));
        filter.assignee()
                .ifPresent(assignee -> parts.add("assignee=" + URLEncoder.encode(assignee, StandardCharsets.UTF_8)));
        after.ifPresent(alert -> parts.add("after=" + new Cursor(alert.at(), alert.id()).text()));
        return String.join("&", parts);
    }

    /** What stands above the alerts of an account. */
    private record Head(
            String name, @Nullable String stage, @Nullable HealthLevel health) {
        static Head of(Object[] row) {
            return new Head(
                    String.valueOf(row[1]),
                    row[2] == null ? null : row[2].toString(),
                    HealthLevel.of(String.valueOf(row[3])));
        }

        AlertGroup group(String account, List<AlertLine> lines) {
            return new AlertGroup(account, name, stage, health, lines);
        }
    }
}
