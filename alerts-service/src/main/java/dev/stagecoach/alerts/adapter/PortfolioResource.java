package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who needs somebody today. */
@Path("/")
@RolesAllowed(Roles.VIEWER)
class PortfolioResource {
    private final ConsolePages pages;
    private final JdbcPortfolio portfolio;

    PortfolioResource(ConsolePages pages, JdbcPortfolio portfolio) {
        this.pages = pages;
        this.portfolio = portfolio;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance portfolio(PortfolioPage page);
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response page(@Context UriInfo address) {
        return pages.show(() -> Templates.portfolio(portfolio.show(query(address))));
    }

    @GET
    @Blocking
    @Path("portfolio.csv")
    @Produces("text/csv")
    @Operation(hidden = true)
    public Response csv(@Context UriInfo address) throws IOException {
        StringBuilder text = new StringBuilder();
        portfolio.forEach(query(address), new PortfolioCsv(text));
        return Response.ok(text.toString())
                .type("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"portfolio.csv\"")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static PortfolioQuery query(UriInfo address) {
        Map<String, String> parameters = new HashMap<>();
        address.getQueryParameters().forEach((name, values) -> parameters.put(name, values.get(0)));
        return PortfolioQuery.of(parameters);
    }
}
