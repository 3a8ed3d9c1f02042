package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.policy.AlertKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which alerts to list. An absent part accepts all. */
record AlertFilter(Optional<String> account, Optional<AlertKind> kind) {
    static final AlertFilter ALL = new AlertFilter(Optional.empty(), Optional.empty());

    /** @throws ProblemException naming the parameter that makes no sense */
    static AlertFilter of(@Nullable String account, @Nullable String kind) {
        return new AlertFilter(given(account), given(kind).map(AlertFilter::kind));
    }

    private static Optional<String> given(@Nullable String parameter) {
        return Optional.ofNullable(parameter).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static AlertKind kind(String name) {
        return AlertKind.byWireName(name)
                .orElseThrow(() -> ProblemException.badRequest(
                        "kind: " + name + " (expected one of: " + AlertKind.accepted() + ")"));
    }

    boolean accepts(StoredAlert alert) {
        return account.map(alert.account()::equals).orElse(true)
                && kind.map(one -> one.wireName().equals(alert.kind())).orElse(true);
    }
}
