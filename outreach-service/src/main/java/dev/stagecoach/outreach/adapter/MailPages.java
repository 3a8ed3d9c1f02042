package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Links;
import dev.stagecoach.outreach.OutreachConfig;
import dev.stagecoach.outreach.ReceiveAnswer;
import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.MailReference;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Where the links in mails lead. A GET shows a page and changes nothing, whoever follows the link; only the page's button, a
 * POST, does. No login: whoever has the mail may answer it.
 */
@Path("/")
@Tag(name = "Links in mails")
@Produces(MediaType.TEXT_HTML)
class MailPages {
    private static final int HIGHEST_SCORE = 10;
    private static final int LONGEST_COMMENT = 2_000;

    private final Links links;
    private final ReceiveAnswer receiveAnswer;
    private final String team;

    MailPages(Links links, ReceiveAnswer receiveAnswer, OutreachConfig config) {
        this.links = links;
        this.receiveAnswer = receiveAnswer;
        this.team = config.mails().team();
    }

    /** A score to choose from. */
    record Choice(int score, boolean chosen) {}

    @CheckedTemplate(basePath = "pages")
    static final class Pages {
        private Pages() {}

        static native TemplateInstance survey(String team, List<Choice> choices, boolean chosen);

        static native TemplateInstance help(String team);

        static native TemplateInstance unsubscribe(String team);

        static native TemplateInstance message(String team, String title, String text);
    }

    @GET
    @Path("/survey/{token}")
    @Operation(summary = "Shows the survey with the score of the link chosen; stores nothing")
    public Response survey(@PathParam("token") String token, @QueryParam("score") @Nullable String score) {
        Optional<Integer> chosen = scoreOf(score);
        List<Choice> choices = IntStream.rangeClosed(0, HIGHEST_SCORE)
                .mapToObj(value -> new Choice(value, chosen.isPresent() && chosen.get() == value))
                .toList();
        return page(LinkPurpose.SURVEY, token, mail -> ok(Pages.survey(team, choices, chosen.isPresent())));
    }

    @POST
    @Blocking
    @Path("/survey/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Stores the answer to the survey")
    public Response answer(
            @PathParam("token") String token,
            @FormParam("score") @Nullable String score,
            @FormParam("comment") @Nullable String comment) {
        return page(LinkPurpose.SURVEY, token, mail -> {
            Optional<Integer> chosen = scoreOf(score);
            if (chosen.isEmpty()) {
                throw ProblemException.badRequest("score: " + score + " (expected: 0 to " + HIGHEST_SCORE + ")");
            }
            receiveAnswer.survey(mail, chosen.get(), commentOf(comment));
            return ok(Pages.message(team, "Thank you", "Your answer is with us. A person reads it."));
        });
    }

    @GET
    @Path("/help/{token}")
    @Operation(summary = "Shows what to do to get help; asks for nothing yet")
    public Response help(@PathParam("token") String token) {
        return page(LinkPurpose.HELP, token, mail -> ok(Pages.help(team)));
    }

    @POST
    @Blocking
    @Path("/help/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Asks the team for help")
    public Response askForHelp(@PathParam("token") String token, @FormParam("comment") @Nullable String comment) {
        return page(LinkPurpose.HELP, token, mail -> {
            receiveAnswer.help(mail, commentOf(comment));
            return ok(Pages.message(team, "We are on it", "The team knows, and writes to you soon."));
        });
    }

    @GET
    @Path("/unsubscribe/{token}")
    @Operation(summary = "Shows the button that unsubscribes; changes nothing")
    public Response unsubscribe(@PathParam("token") String token) {
        return page(LinkPurpose.UNSUBSCRIBE, token, mail -> ok(Pages.unsubscribe(team)));
    }

    /** Mail programs post {@code List-Unsubscribe=One-Click} by themselves (RFC 8058), the page's button posts the same. */
    @POST
    @Blocking
    @Path("/unsubscribe/{token}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Unsubscribes the person to whom the mail went, in one click")
    public Response optOut(@PathParam("token") String token) {
        return page(LinkPurpose.UNSUBSCRIBE, token, mail -> {
            receiveAnswer.unsubscribe(mail);
            return ok(Pages.message(team, "You are unsubscribed", "No more mails of this kind will come to you."));
        });
    }

    private Response page(LinkPurpose purpose, String token, Function<MailReference, Response> answer) {
        return links.read(purpose, token)
                .map(answer)
                .orElseGet(() -> respond(
                        Response.Status.NOT_FOUND,
                        Pages.message(
                                team,
                                "This link does not work",
                                "It may have been cut off. Open it from the mail again, or answer the mail.")));
    }

    private static Response ok(TemplateInstance page) {
        return respond(Response.Status.OK, page);
    }

    /** The address is the key: it must not leak to other sites, caches or search engines. */
    private static Response respond(Response.Status status, TemplateInstance page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
                .entity(page.render())
                .build();
    }

    private static Optional<Integer> scoreOf(@Nullable String text) {
        try {
            int score = text == null ? -1 : Integer.parseInt(text.strip());
            return score >= 0 && score <= HIGHEST_SCORE ? Optional.of(score) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String commentOf(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String comment = text.strip();
        return comment.length() > LONGEST_COMMENT ? comment.substring(0, LONGEST_COMMENT) : comment;
    }
}
