package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;

/** How pages of the console are answered. */
@ApplicationScoped
class ConsolePages {
    /** Everything comes from here, and nothing in a page can run or load anything else. */
    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final AlertsSettings settings;

    ConsolePages(AlertsSettings settings) {
        this.settings = settings;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance closed();
    }

    /** The page, which is only made when people may see it. */
    Response show(Supplier<TemplateInstance> page) {
        return isOpen() ? html(Response.ok(), page.get()) : html(Response.status(401), Templates.closed());
    }

    /** The page if there is one; else one that says so. */
    Response find(Supplier<Optional<TemplateInstance>> page, Supplier<TemplateInstance> absent) {
        if (!isOpen()) {
            return html(Response.status(401), Templates.closed());
        }
        return page.get()
                .map(found -> html(Response.ok(), found))
                .orElseGet(() -> html(Response.status(404), absent.get()));
    }

    boolean isOpen() {
        return settings.alerts().console().open();
    }

    /** @throws ProblemException when people may not see the console */
    void requireOpen() {
        if (!isOpen()) {
            throw ProblemException.unauthorized("the page is closed: stagecoach.alerts.console.open is false");
        }
    }

    private static Response html(Response.ResponseBuilder response, TemplateInstance page) {
        return response.entity(page.render())
                .type("text/html; charset=utf-8")
                .header("Content-Security-Policy", CONTENT_SECURITY)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "same-origin")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
