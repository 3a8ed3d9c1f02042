package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.delivery.Place;
import dev.stagecoach.alerts.webhook.Endpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** How the places of the chat and webhooks stand: read from the database when somebody asks, and the same from every replica. */
@Singleton
class AlertMetrics {
    private final JdbcChatReports reports;
    private final JdbcWebhooks webhooks;
    private final AlertsRunner runner;

    AlertMetrics(JdbcChatReports reports, JdbcWebhooks webhooks, AlertsRunner runner) {
        this.reports = reports;
        this.webhooks = webhooks;
        this.runner = runner;
    }

    void register(@Observes StartupEvent event, MeterRegistry meters) {
        runner.places().forEach(place -> register(place, meters));
        runner.webhooks().forEach(endpoint -> register(endpoint, meters));
    }

    private void register(Endpoint endpoint, MeterRegistry meters) {
        Gauge.builder(
                        "stagecoach.alerts.webhook.waiting",
                        () -> webhooks.standing(endpoint).waiting())
                .tag("webhook", endpoint.name())
                .description("Messages that wait for a webhook")
                .register(meters);
        Gauge.builder(
                        "stagecoach.alerts.webhook.failed",
                        () -> webhooks.standing(endpoint).failed())
                .tag("webhook", endpoint.name())
                .description("Messages for a webhook that were given up")
                .register(meters);
        Gauge.builder(
                        "stagecoach.alerts.webhook.parked",
                        () -> webhooks.standing(endpoint).isParked() ? 1 : 0)
                .tag("webhook", endpoint.name())
                .description("1 while nothing is sent to a webhook until somebody resumes it")
                .register(meters);
        FunctionCounter.builder(
                        "stagecoach.alerts.webhook.sent",
                        endpoint,
                        one -> webhooks.standing(one).sent())
                .tag("webhook", endpoint.name())
                .description("Messages that a webhook took")
                .register(meters);
    }

    private void register(Place place, MeterRegistry meters) {
        Gauge.builder(
                        "stagecoach.alerts.messages.waiting",
                        () -> reports.of(place).waiting())
                .tag("channel", place.name())
                .description("Alerts that wait to be posted to the chat")
                .register(meters);
        Gauge.builder(
                        "stagecoach.alerts.messages.failed",
                        () -> reports.of(place).failed())
                .tag("channel", place.name())
                .description("Alerts that the chat refused")
                .register(meters);
        Gauge.builder("stagecoach.alerts.messages.oldest", () -> age(reports.of(place)))
                .tag("channel", place.name())
                .baseUnit("seconds")
                .description("How long the first of the waiting alerts has waited for the chat; 0 when none does")
                .register(meters);
        FunctionCounter.builder(
                        "stagecoach.alerts.messages.sent",
                        place,
                        one -> reports.of(one).messages())
                .tag("channel", place.name())
                .description("Messages that the chat took; a digest is one")
                .register(meters);
    }

    private static double age(ChatReport report) {
        return report.oldest() == null
                ? 0
                : Math.max(0, Duration.between(report.oldest(), Instant.now()).toMillis() / 1000.0);
    }
}
