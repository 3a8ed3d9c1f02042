package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** How the system stands. */
@Path("/system")
@Blocking
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.OPERATOR)
class SystemPageResource {
    private final ConsolePages pages;
    private final SystemPages system;

    SystemPageResource(ConsolePages pages, SystemPages system) {
        this.pages = pages;
        this.system = system;
    }

    @CheckedTemplate(basePath = "console/system")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(SystemPage page);

        static native TemplateInstance instances(SystemPage.Pings pings, boolean first);
    }

    @GET
    @Operation(hidden = true)
    public Response page() {
        return pages.show(() -> Templates.page(system.show()));
    }

    @GET
    @Path("instances")
    @Operation(hidden = true)
    public Response instances(@QueryParam("after") @Nullable String after) {
        return pages.show(() -> Templates.instances(system.instances(after), after == null));
    }
}
