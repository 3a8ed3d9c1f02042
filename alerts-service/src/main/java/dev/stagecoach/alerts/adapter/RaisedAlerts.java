package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Rules;
import dev.stagecoach.alerts.rule.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many alerts of which kind this process raised for which channel, once their transactions were committed. Told on the consumer's
 * thread only.
 */
final class RaisedAlerts implements MeterBinder {
    private final AlertPolicy policy;
    private final List<Alert> ofTransaction = new ArrayList<>();
    private volatile @Nullable MeterRegistry meters;

    RaisedAlerts(AlertPolicy policy) {
        this.policy = policy;
    }

    /** Another transaction begins; what the one before raised is forgotten, if it was not committed. */
    void begin() {
        ofTransaction.clear();
    }

    /** Alerts are raised if the transaction is committed. */
    void add(List<Alert> alerts) {
        ofTransaction.addAll(alerts);
    }

    void committed() {
        MeterRegistry registry = meters;
        if (registry != null) {
            ofTransaction.forEach(alert -> counter(
                            registry, alert.channel().key(), alert.kind().wireName())
                    .increment());
        }
        ofTransaction.clear();
    }

    /** What the policy allows for is there from the start: else the first of a kind would not look like a rise. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.concat(Stream.of(policy.rules()), policy.segments().values().stream())
                .map(Rules::routes)
                .forEach(routes -> routes.forEach(
                        (kind, route) -> counter(registry, route.channel().key(), kind.wireName())));
        meters = registry;
    }

    private static Counter counter(MeterRegistry registry, String channel, String kind) {
        return Counter.builder("stagecoach.alerts.raised")
                .description("Alerts that were raised")
                .tag("channel", channel)
                .tag("kind", kind)
                .register(registry);
    }
}
