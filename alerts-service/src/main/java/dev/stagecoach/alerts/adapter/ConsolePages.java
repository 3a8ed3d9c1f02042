package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.function.Supplier;

/** How pages of the console are answered. */
@ApplicationScoped
class ConsolePages {
    /** Everything comes from here, and nothing in a page can run or load anything else. */
    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance closed(boolean elsewhere);

        static native TemplateInstance notice(Notice notice);
    }

    Response show(Supplier<TemplateInstance> page) {
        return html(Response.ok(), page.get());
    }

    /** The page if there is one; else one that says so. */
    Response find(Supplier<Optional<TemplateInstance>> page, Supplier<TemplateInstance> absent) {
        return page.get()
                .map(found -> html(Response.ok(), found))
                .orElseGet(() -> html(Response.status(Status.NOT_FOUND), absent.get()));
    }

    Response notice(Status status, Notice notice) {
        return html(Response.status(status), Templates.notice(notice));
    }

    /**
     * Nobody can be signed in.
     *
     * @param elsewhere because only people on the machine itself are
     */
    Response closed(boolean elsewhere) {
        return html(Response.status(Status.UNAUTHORIZED), Templates.closed(elsewhere));
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
