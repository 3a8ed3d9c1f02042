package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.act.AlertState;
import dev.stagecoach.alerts.policy.AlertKind;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The alerts as their page shows them.
 *
 * @param instant the time as ticks tell it
 * @param groups by account, that with the newest alert first
 * @param accountName of the account that is asked for, if one is
 * @param older where the alerts before these are, if there are any
 * @param stream where the script listens for new alerts
 * @param chatProblems how many messages have not reached the chat
 */
@TemplateData
record AlertsPage(
        AlertFilter filter,
        Optional<Instant> instant,
        List<AlertGroup> groups,
        @Nullable String accountName,
        @Nullable String older,
        String stream,
        long chatProblems) {
    AlertsPage {
        groups = List.copyOf(groups);
    }

    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    public @Nullable String account() {
        return filter.account().orElse(null);
    }

    public boolean filtered() {
        return !filter.equals(AlertFilter.ALL);
    }

    public List<Choice> kinds() {
        return Arrays.stream(AlertKind.values())
                .map(kind ->
                        new Choice(kind.wireName(), kind.label(), filter.kind().equals(Optional.of(kind))))
                .toList();
    }

    public List<Choice> states() {
        return Arrays.stream(AlertState.values())
                .map(state -> new Choice(
                        state.wireName(), state.wireName(), filter.state().equals(Optional.of(state))))
                .toList();
    }

    public String assignee() {
        return filter.assignee().orElse("");
    }

    /** An option of a filter. */
    @TemplateData
    record Choice(String value, String label, boolean chosen) {}
}
