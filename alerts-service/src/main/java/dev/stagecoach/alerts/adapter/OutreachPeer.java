package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** outreach-service, as the console asks it. */
@ApplicationScoped
class OutreachPeer {
    private static final String NAME = "outreach-service";

    private final OutreachApi api;
    private final AlertsSettings settings;

    OutreachPeer(@RestClient OutreachApi api, AlertsSettings settings) {
        this.api = api;
        this.settings = settings;
    }

    /** Asks, and does not wait for the answer yet. */
    <T> PeerQuestion<T> ask(Function<OutreachApi, Uni<T>> question) {
        return PeerQuestion.ask(
                NAME, question.apply(api), settings.alerts().peers().timeout());
    }

    /** The same, for what has to be worked out over all accounts. */
    <T> PeerQuestion<T> askPatiently(Function<OutreachApi, Uni<T>> question) {
        return PeerQuestion.ask(
                NAME, question.apply(api), settings.alerts().peers().actTimeout());
    }

    /**
     * Has something done, which may take longer than an answer: a mail server may be asked on the way.
     *
     * @throws PeerRefusedException when outreach-service will not, with its words
     */
    <T> T act(Function<OutreachApi, Uni<T>> act) {
        return act.apply(api).await().atMost(settings.alerts().peers().actTimeout());
    }
}
