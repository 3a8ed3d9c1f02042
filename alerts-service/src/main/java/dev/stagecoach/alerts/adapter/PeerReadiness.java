package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import dev.stagecoach.alerts.operation.Standing;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks the other services how they stand, all at a time. */
@ApplicationScoped
class PeerReadiness {
    private static final long CONNECT_MILLIS = 1_000;

    private final Map<String, ReadinessApi> peers = new LinkedHashMap<>();
    private final Duration limit;

    PeerReadiness(AlertsSettings settings) {
        limit = settings.alerts().peers().timeout();
        peers.put("usage-ingest", at(settings.alerts().peers().ingestUrl()));
        peers.put("lifecycle-service", at(settings.alerts().peers().lifecycleUrl()));
        peers.put("outreach-service", at(settings.alerts().peers().outreachUrl()));
    }

    private ReadinessApi at(URI address) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(address)
                .connectTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                .readTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                // One that is not ready says why, with status 503.
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(ReadinessApi.class);
    }

    /** What was asked and is not waited for yet. */
    record Asked(Map<String, PeerQuestion<Standing>> questions) {
        /** In the order in which data flows through them. */
        List<Standing> await() {
            return questions.entrySet().stream()
                    .map(question ->
                            standing(question.getKey(), question.getValue().await()))
                    .toList();
        }

        private static Standing standing(String service, PeerAnswer<Standing> answer) {
            return answer.known().orElseGet(() -> Standing.silent(service, String.valueOf(answer.problem())));
        }
    }

    Asked ask() {
        Map<String, PeerQuestion<Standing>> questions = new LinkedHashMap<>();
        peers.forEach((service, api) -> questions.put(
                service, PeerQuestion.ask(service, api.ready().map(answer -> read(service, answer)), limit)));
        return new Asked(questions);
    }

    private static Standing read(String service, Response answer) {
        ReadinessApi.Readiness readiness = answer.readEntity(ReadinessApi.Readiness.class);
        return new Standing(
                service,
                null,
                readiness.status().equals("UP"),
                readiness.checks().stream().map(PeerReadiness::check).toList());
    }

    private static Standing.Check check(ReadinessApi.Check check) {
        Map<String, String> data = new LinkedHashMap<>();
        if (check.data() != null) {
            check.data().forEach((name, value) -> data.put(name, value.asText()));
        }
        return new Standing.Check(check.name(), check.status().equals("UP"), data);
    }
}
