package dev.stagecoach.outreach.adapter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What {@link MailServerHealth} says in words: it never makes the service not ready, so somebody else must be called. */
@Singleton
class MailServerMetrics {
    private final MailSender sender;

    MailServerMetrics(MailSender sender) {
        this.sender = sender;
    }

    @Produces
    @Singleton
    MeterBinder mailServer() {
        return registry -> Gauge.builder(
                        "stagecoach.outreach.mail.server.trouble",
                        () -> sender.trouble().isPresent() ? 1 : 0)
                .description("1 while mails of this process wait for the mail server; why is in /q/health/ready")
                .register(registry);
    }
}
