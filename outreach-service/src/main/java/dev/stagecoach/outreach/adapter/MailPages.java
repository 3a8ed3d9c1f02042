package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Links;
import dev.stagecoach.outreach.OutreachConfig;
import dev.stagecoach.outreach.ReceiveAnswer;
import dev.stagecoach.outreach.ReceiveAnswer.Wish;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.outreach.mail.Subscription;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the links in mails lead. A GET shows a page and changes nothing, whoever follows the link; only the page's button, a
 * POST, does. No login: whoever has the mail may answer it. Programs that look into mails follow links and some post to them:
 * a POST counts only with what our page has in its form. One-click unsubscription alone is meant for programs (RFC 8058).
 */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
@PermitAll
class MailPages {
    private static final int HIGHEST_SCORE = 10;
    private static final int LONGEST_COMMENT = 2_000;
    private static final String ONE_CLICK = "One-Click";

    private final Links links;
    private final ReceiveAnswer receiveAnswer;
    private final Seal seal;
    private final String team;

    MailPages(Links links, ReceiveAnswer receiveAnswer, Seal seal, OutreachConfig config) {
        this.links = links;
        this.receiveAnswer = receiveAnswer;
        this.seal = seal;
        this.team = config.mails().team();
    }

    /** A score to choose from. */
    record Choice(int score, boolean chosen) {}

    /** A kind of mails to have or not. */
    record Box(String name, String title, String description, boolean wanted) {
        static Box of(Kind kind, Subscription subscription) {
            KindWords words = KindWords.of(kind);
            return new Box(kind.wireName(), words.title(), words.description(), subscription.includes(kind));
        }
    }

    /** What a page for a wish says. */
    private enum Words {
        HELP(
                "Ask us for help",
                "Say in a sentence what it is about, or just press the button: we write to you either way.",
                "What can we do for you? (optional)",
                "Ask for help"),
        TRAINING(
                "Ask for a training",
                "For you or for your team, about what you choose. We write to you to find a date.",
                "Who is it for, and about what? (optional)",
                "Ask for a training"),
        MEETING(
                "Ask for a meeting",
                "Half an hour with us, about what matters to you. We write to you to find a date.",
                "What would you like to talk about, and when does it suit you? (optional)",
                "Ask for a meeting");

        private final String title;
        private final String text;
        private final String question;
        private final String button;

        Words(String title, String text, String question, String button) {
            this.title = title;
            this.text = text;
            this.question = question;
            this.button = button;
        }
    }

    @CheckedTemplate(basePath = "pages")
    static final class Pages {
        private Pages() {}

        static native TemplateInstance survey(
                String team,
                List<Choice> choices,
                boolean chosen,
                String form,
                @Nullable String problem,
                String comment);

        static native TemplateInstance wish(
                String team,
                String title,
                String text,
                String question,
                String button,
                String form,
                @Nullable String problem,
                String comment);

        static native TemplateInstance unsubscribe(
                String team, @Nullable String kind, String preferences, @Nullable String problem);

        static native TemplateInstance preferences(
                String team, List<Box> kinds, boolean nothing, String form, @Nullable String problem);

        static native TemplateInstance message(
                String team, String title, String text, @Nullable String link, @Nullable String label);
    }

    @GET
    @Path("/survey/{token}")
    public Response survey(@PathParam("token") String token, @QueryParam("score") @Nullable String score) {
        return page(
                LinkPurpose.SURVEY,
                token,
                mail -> respond(Response.Status.OK, surveyPage(token, scoreOf(score), null, "")));
    }

    @POST
    @Path("/survey/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @PathParam("token") String token,
            @FormParam("score") @Nullable String score,
            @FormParam("comment") @Nullable String comment,
            @FormParam("form") @Nullable String form) {
        return page(LinkPurpose.SURVEY, token, mail -> {
            Optional<Integer> chosen = scoreOf(score);
            if (!isOurForm(LinkPurpose.SURVEY, token, form)) {
                return again(surveyPage(token, chosen, NOT_STORED, shown(comment)));
            }
            if (chosen.isEmpty()) {
                return again(surveyPage(token, chosen, "Choose a number from 0 to 10 first.", shown(comment)));
            }
            if (!receiveAnswer.survey(mail, chosen.get(), commentOf(comment))) {
                return enough();
            }
            return ok(Pages.message(
                    team,
                    "Thank you",
                    "You answered " + chosen.get() + ". A person reads it.",
                    links.to(LinkPurpose.SURVEY, mail) + "?score=" + chosen.get(),
                    "Change your answer"));
        });
    }

    private TemplateInstance surveyPage(
            String token, Optional<Integer> chosen, @Nullable String problem, String comment) {
        List<Choice> choices = IntStream.rangeClosed(0, HIGHEST_SCORE)
                .mapToObj(value -> new Choice(value, chosen.isPresent() && chosen.get() == value))
                .toList();
        return Pages.survey(
                team, choices, chosen.isPresent(), seal.ofForm(LinkPurpose.SURVEY.path(), token), problem, comment);
    }

    @GET
    @Path("/help/{token}")
    public Response help(@PathParam("token") String token) {
        return wishPage(LinkPurpose.HELP, Words.HELP, token);
    }

    @POST
    @Path("/help/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response askForHelp(
            @PathParam("token") String token,
            @FormParam("comment") @Nullable String comment,
            @FormParam("form") @Nullable String form) {
        return ask(LinkPurpose.HELP, Wish.HELP, Words.HELP, token, comment, form);
    }

    @GET
    @Path("/training/{token}")
    public Response training(@PathParam("token") String token) {
        return wishPage(LinkPurpose.TRAINING, Words.TRAINING, token);
    }

    @POST
    @Path("/training/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response askForTraining(
            @PathParam("token") String token,
            @FormParam("comment") @Nullable String comment,
            @FormParam("form") @Nullable String form) {
        return ask(LinkPurpose.TRAINING, Wish.TRAINING, Words.TRAINING, token, comment, form);
    }

    @GET
    @Path("/meeting/{token}")
    public Response meeting(@PathParam("token") String token) {
        return wishPage(LinkPurpose.MEETING, Words.MEETING, token);
    }

    @POST
    @Path("/meeting/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response askForMeeting(
            @PathParam("token") String token,
            @FormParam("comment") @Nullable String comment,
            @FormParam("form") @Nullable String form) {
        return ask(LinkPurpose.MEETING, Wish.MEETING, Words.MEETING, token, comment, form);
    }

    private Response wishPage(LinkPurpose purpose, Words words, String token) {
        return page(purpose, token, mail -> ok(wishForm(purpose, words, token, null, "")));
    }

    private TemplateInstance wishForm(
            LinkPurpose purpose, Words words, String token, @Nullable String problem, String comment) {
        return Pages.wish(
                team,
                words.title,
                words.text,
                words.question,
                words.button,
                seal.ofForm(purpose.path(), token),
                problem,
                comment);
    }

    private Response ask(
            LinkPurpose purpose,
            Wish wish,
            Words words,
            String token,
            @Nullable String comment,
            @Nullable String form) {
        return page(purpose, token, mail -> {
            if (!isOurForm(purpose, token, form)) {
                return again(wishForm(purpose, words, token, NOT_STORED, shown(comment)));
            }
            if (!receiveAnswer.ask(wish, mail, commentOf(comment))) {
                return enough();
            }
            return ok(Pages.message(team, "We are on it", "The team knows, and writes to you soon.", null, null));
        });
    }

    @GET
    @Path("/unsubscribe/{token}")
    public Response unsubscribe(@PathParam("token") String token) {
        return page(LinkPurpose.UNSUBSCRIBE, token, mail -> ok(unsubscribePage(mail, null)));
    }

    private TemplateInstance unsubscribePage(MailReference mail, @Nullable String problem) {
        return Pages.unsubscribe(
                team,
                receiveAnswer
                        .kindOf(mail)
                        .map(kind -> KindWords.of(kind).title())
                        .orElse(null),
                links.to(LinkPurpose.PREFERENCES, mail),
                problem);
    }

    /** Mail programs post {@code List-Unsubscribe=One-Click} by themselves (RFC 8058), the page's button posts the same. */
    @POST
    @Path("/unsubscribe/{token}")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response optOut(
            @PathParam("token") String token, @FormParam("List-Unsubscribe") @Nullable String listUnsubscribe) {
        return page(LinkPurpose.UNSUBSCRIBE, token, mail -> {
            if (listUnsubscribe == null || !listUnsubscribe.strip().equalsIgnoreCase(ONE_CLICK)) {
                return again(unsubscribePage(mail, "Nothing has changed yet: press the button."));
            }
            receiveAnswer.unsubscribe(mail);
            return ok(Pages.message(
                    team,
                    "You are unsubscribed",
                    receiveAnswer
                            .kindOf(mail)
                            .map(kind -> "No more mails of the kind “"
                                    + KindWords.of(kind).title() + "” will come to you.")
                            .orElse("No more mails of this programme will come to you."),
                    links.to(LinkPurpose.PREFERENCES, mail),
                    "Choose what you get, or take it back"));
        });
    }

    @GET
    @Path("/preferences/{token}")
    public Response preferences(@PathParam("token") String token) {
        return page(LinkPurpose.PREFERENCES, token, mail -> ok(preferencesPage(token, mail, null)));
    }

    @POST
    @Path("/preferences/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response choose(
            @PathParam("token") String token,
            @FormParam("kind") @Nullable List<String> kinds,
            @FormParam("all") @Nullable String all,
            @FormParam("form") @Nullable String form) {
        return page(LinkPurpose.PREFERENCES, token, mail -> {
            if (!isOurForm(LinkPurpose.PREFERENCES, token, form)) {
                return again(preferencesPage(token, mail, "Nothing has changed yet: press a button below."));
            }
            Subscription wanted = "off".equals(all) ? Subscription.NOTHING : Subscription.to(kindsOf(kinds));
            receiveAnswer.choose(mail, wanted);
            return ok(Pages.message(
                    team,
                    "Saved",
                    wanted.nothing()
                            ? "You get none of our mails any more."
                            : "From now on you get what you chose. Mails that were taken back before do not come again.",
                    links.to(LinkPurpose.PREFERENCES, mail),
                    "Look at it again"));
        });
    }

    private TemplateInstance preferencesPage(String token, MailReference mail, @Nullable String problem) {
        Subscription subscription = receiveAnswer.subscription(mail);
        List<Box> kinds = Arrays.stream(Kind.values())
                .map(kind -> Box.of(kind, subscription))
                .toList();
        return Pages.preferences(
                team, kinds, subscription.nothing(), seal.ofForm(LinkPurpose.PREFERENCES.path(), token), problem);
    }

    private static Set<Kind> kindsOf(@Nullable List<String> names) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (names != null && names.contains(kind.wireName())) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static final String NOT_STORED = "Nothing has been sent yet: press the button.";

    private boolean isOurForm(LinkPurpose purpose, String token, @Nullable String form) {
        return form != null && seal.isOfForm(form, purpose.path(), token);
    }

    private Response page(LinkPurpose purpose, String token, Function<MailReference, Response> answer) {
        return links.read(purpose, token)
                .map(answer)
                .orElseGet(() -> respond(
                        Response.Status.NOT_FOUND,
                        Pages.message(
                                team,
                                "This link does not work",
                                "It may have been cut off. Open it from the mail again, or answer the mail.",
                                null,
                                null)));
    }

    private static Response ok(TemplateInstance page) {
        return respond(Response.Status.OK, page);
    }

    private Response enough() {
        return respond(
                Response.Status.TOO_MANY_REQUESTS,
                Pages.message(
                        team,
                        "We have many answers from you",
                        "This one was not stored. If there is more to say, answer the mail: a person reads it.",
                        null,
                        null));
    }

    private static Response again(TemplateInstance page) {
        return respond(Response.Status.BAD_REQUEST, page);
    }

    /** The address is the key: it must not leak to other sites, caches or search engines. Nobody may frame the buttons. */
    private static Response respond(Response.Status status, TemplateInstance page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex, nofollow")
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
                                + " frame-ancestors 'none'")
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
        String comment = shown(text);
        return comment.isEmpty() ? null : comment;
    }

    /** Without what PostgreSQL and people cannot read, and not cut in the middle of a character. */
    private static String shown(@Nullable String text) {
        String comment = text == null ? "" : text.replace("\0", "").strip();
        return comment.codePointCount(0, comment.length()) <= LONGEST_COMMENT
                ? comment
                : comment.substring(0, comment.offsetByCodePoints(0, LONGEST_COMMENT));
    }
}
