package dev.stagecoach.alerts.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how the chat stands. A chat that takes nothing is no reason not to be ready: what goes there waits. Whoever asks need not be known, so what
 * the chat answered is not told.
 */
@Readiness
@ApplicationScoped
class ChatCheck implements HealthCheck {
    private final JdbcChatReports reports;

    ChatCheck(JdbcChatReports reports) {
        this.reports = reports;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("chat").up();
        reports.all().forEach(report -> response.withData(report.place(), text(report)));
        return response.build();
    }

    private static String text(ChatReport report) {
        return report.waiting() + " waiting" + (report.oldest() == null ? "" : " since " + report.oldest()) + ", "
                + report.messages() + " sent, " + report.failed() + " refused"
                + (report.problemSince() == null
                        ? ""
                        : "; takes nothing since " + report.problemSince() + ": the system page says why");
    }
}
