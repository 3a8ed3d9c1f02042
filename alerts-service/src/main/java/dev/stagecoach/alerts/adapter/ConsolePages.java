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

    /** The same for a page that shows another of ours within it. */
    private static final String CONTENT_SECURITY_OF_A_FRAME_HOLDER = CONTENT_SECURITY + "; frame-src 'self'";

    /** What is made of templates and names from outside: shown in a frame of ours, where it can run, load, send and lead nowhere. */
    private static final String CONTENT_SECURITY_OF_A_FRAME =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none';"
                    + " base-uri 'none'; frame-ancestors 'self'";

    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance closed(boolean elsewhere);

        static native TemplateInstance notice(Notice notice);
    }

    Response show(Supplier<TemplateInstance> page) {
        return html(Response.ok(), page.get());
    }

    /** The page, as the answer to something that was not done. */
    Response show(int status, Supplier<TemplateInstance> page) {
        return html(Response.status(status), page.get());
    }

    /** A page that shows another of ours within it. */
    Response showFraming(int status, Supplier<TemplateInstance> page) {
        return html(Response.status(status), page.get(), CONTENT_SECURITY_OF_A_FRAME_HOLDER);
    }

    /** What is shown within a page, as it came from outside. */
    Response framed(Response.ResponseBuilder response, String content) {
        return secured(response.entity(content), CONTENT_SECURITY_OF_A_FRAME);
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
        return html(response, page, CONTENT_SECURITY);
    }

    private static Response html(Response.ResponseBuilder response, TemplateInstance page, String contentSecurity) {
        return secured(response.entity(page.render()).type("text/html; charset=utf-8"), contentSecurity);
    }

    private static Response secured(Response.ResponseBuilder response, String contentSecurity) {
        return response.header("Content-Security-Policy", contentSecurity)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "same-origin")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
