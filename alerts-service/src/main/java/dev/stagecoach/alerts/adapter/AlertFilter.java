package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.act.AlertState;
import dev.stagecoach.alerts.policy.AlertKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which alerts to list. An absent part accepts all. */
record AlertFilter(
        Optional<String> account, Optional<AlertKind> kind, Optional<AlertState> state, Optional<String> assignee) {
    static final AlertFilter ALL =
            new AlertFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws ProblemException naming the parameter that makes no sense */
    static AlertFilter of(@Nullable String account, @Nullable String kind) {
        return of(account, kind, null, null);
    }

    /** @throws ProblemException naming the parameter that makes no sense */
    static AlertFilter of(
            @Nullable String account, @Nullable String kind, @Nullable String state, @Nullable String assignee) {
        return new AlertFilter(
                given(account),
                given(kind).map(AlertFilter::kind),
                given(state).map(AlertFilter::state),
                given(assignee));
    }

    private static Optional<String> given(@Nullable String parameter) {
        return Optional.ofNullable(parameter).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static AlertKind kind(String name) {
        return AlertKind.byWireName(name)
                .orElseThrow(() -> ProblemException.badRequest(
                        "kind: " + name + " (expected one of: " + AlertKind.accepted() + ")"));
    }

    private static AlertState state(String name) {
        return AlertState.byWireName(name)
                .orElseThrow(() -> ProblemException.badRequest(
                        "state: " + name + " (expected one of: " + AlertState.accepted() + ")"));
    }

    boolean accepts(StoredAlert alert) {
        return account.map(alert.account()::equals).orElse(true)
                && kind.map(one -> one.wireName().equals(alert.kind())).orElse(true)
                && state.map(one -> one.wireName().equals(alert.state())).orElse(true)
                && assignee.map(one -> one.equals(alert.assignee())).orElse(true);
    }
}
