package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The console: the pages of the team. */
@Path("/")
@RolesAllowed(Roles.VIEWER)
class ConsoleResource {
    private final ConsolePages pages;
    private final JdbcOutreach outreach;
    private final JdbcSystem system;

    ConsoleResource(ConsolePages pages, JdbcOutreach outreach, JdbcSystem system) {
        this.pages = pages;
        this.outreach = outreach;
        this.system = system;
    }

    /** The page and its parts. */
    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance outreach(OutreachPage page);

        static native TemplateInstance system(SystemPage page);
    }

    @GET
    @Blocking
    @Path("outreach")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response outreach() {
        return pages.show(() -> Templates.outreach(outreach.show()));
    }

    @GET
    @Blocking
    @Path("system")
    @RolesAllowed(Roles.OPERATOR)
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response system() {
        return pages.show(() -> Templates.system(system.show()));
    }
}
