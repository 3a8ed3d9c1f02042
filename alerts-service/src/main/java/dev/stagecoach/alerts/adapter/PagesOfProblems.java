package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.ApiRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Says to people on a page what went wrong, on a page: the same words that programs get as problem+json. */
class PagesOfProblems {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final ConsolePages pages;

    PagesOfProblems(ConsolePages pages) {
        this.pages = pages;
    }

    @ServerResponseFilter
    public void show(RoutingContext request, ContainerResponseContext answer) {
        if (answer.getEntity() instanceof Problem problem
                && !ApiRequest.isOne(request)
                && ConsoleRefusals.isPage(request)) {
            Response page = pages.notice(
                    answer.getStatusInfo().toEnum(), new Notice(title(problem), problem.detail(), "/", "Portfolio"));
            answer.setEntity(page.getEntity());
            page.getHeaders().forEach((name, values) -> answer.getHeaders().put(name, values));
        }
    }

    private static String title(Problem problem) {
        return switch (problem.status()) {
            case BAD_REQUEST -> "This cannot be done as it was asked";
            case NOT_FOUND -> "Nothing is here";
            case UNAVAILABLE -> "Nothing can be shown at the moment";
            default -> problem.title();
        };
    }
}
