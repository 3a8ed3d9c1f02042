package dev.stagecoach.alerts.adapter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** How many messages wait for the chat, and how many it refused: counted when somebody asks. */
@Singleton
class AlertMetrics {
    void register(@Observes StartupEvent event, MeterRegistry meters, AlertMetrics self) {
        Gauge.builder("stagecoach.alerts.messages.waiting", () -> self.messages("waiting"))
                .description("Messages that wait to be posted to the chat")
                .register(meters);
        Gauge.builder("stagecoach.alerts.messages.failed", () -> self.messages("failed"))
                .description("Messages that the chat refused")
                .register(meters);
    }

    @Transactional
    public long messages(String state) {
        return DeliveryRow.count("state", state);
    }
}
