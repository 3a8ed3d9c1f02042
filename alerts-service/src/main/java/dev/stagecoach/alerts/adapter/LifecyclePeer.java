package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** lifecycle-service, as the console asks it. */
@ApplicationScoped
class LifecyclePeer {
    private static final String NAME = "lifecycle-service";

    private final LifecycleApi api;
    private final AlertsSettings settings;

    LifecyclePeer(@RestClient LifecycleApi api, AlertsSettings settings) {
        this.api = api;
        this.settings = settings;
    }

    /** Asks, and does not wait for the answer yet. */
    <T> PeerQuestion<T> ask(Function<LifecycleApi, Uni<T>> question) {
        return PeerQuestion.ask(
                NAME, question.apply(api), settings.alerts().peers().timeout());
    }
}
