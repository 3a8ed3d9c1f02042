package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.access.Caller;
import dev.stagecoach.access.Roles;
import dev.stagecoach.outreach.Verdict;
import dev.stagecoach.outreach.Verdicts;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Mails that wait for a person: those of campaigns with {@code approval: required}. */
@Path("/v1/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed(Roles.VIEWER)
class ApprovalsResource {
    private static final int MOST = 200;

    private final Verdicts verdicts;
    private final DataSource database;
    private final Caller caller;

    ApprovalsResource(Verdicts verdicts, DataSource database, Caller caller) {
        this.verdicts = verdicts;
        this.database = database;
        this.caller = caller;
    }

    /**
     * What waits.
     *
     * @param next what to ask for to get the following page; absent on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Waiting> waiting, @Nullable String next) {}

    /**
     * The mails of an occurrence that wait.
     *
     * @param firstDue when the first of them could go
     */
    record Waiting(
            String occurrence,
            String campaign,
            int version,
            String account,
            int mails,
            List<String> steps,
            List<String> contacts,
            Instant firstDue) {}

    /** Who decides, and why. */
    record Judgement(@Nullable String by, @Nullable String reason) {}

    /** How many mails it was about. */
    record Judged(String target, String verdict, int mails) {}

    @GET
    public Page list(@QueryParam("campaign") @Nullable String campaign, @QueryParam("after") @Nullable String after) {
        List<Waiting> found = Jdbc.inTransaction(
                database,
                transaction -> Jdbc.query(
                        transaction,
                        """
                        select d.occurrence, d.campaign, o.version, d.account, count(*) mails, min(d.due_at) first_due,
                               array_agg(distinct d.step) steps, array_agg(distinct d.recipient) contacts
                        from delivery d join occurrence o on o.key = d.occurrence
                        where d.state = 'planned' and d.held and d.occurrence > ? and (?::text is null or d.campaign = ?)
                        group by d.occurrence, d.campaign, o.version, d.account
                        order by d.occurrence limit ?
                        """,
                        row -> new Waiting(
                                row.getString("occurrence"),
                                row.getString("campaign"),
                                row.getInt("version"),
                                row.getString("account"),
                                row.getInt("mails"),
                                Jdbc.texts(row, "steps"),
                                Jdbc.texts(row, "contacts"),
                                Jdbc.instant(row, "first_due")),
                        after == null ? "" : after,
                        campaign,
                        campaign,
                        MOST + 1));
        return found.size() <= MOST
                ? new Page(found, null)
                : new Page(found.subList(0, MOST), found.get(MOST - 1).occurrence());
    }

    @POST
    @Path("/{target: .+}/release")
    @RolesAllowed(Roles.SUCCESS)
    @Consumes(MediaType.APPLICATION_JSON)
    public Judged release(@PathParam("target") String target, @Nullable Judgement judgement) {
        return judge(target, Verdict.Kind.RELEASE, judgement);
    }

    @POST
    @Path("/{target: .+}/reject")
    @RolesAllowed(Roles.SUCCESS)
    @Consumes(MediaType.APPLICATION_JSON)
    public Judged reject(@PathParam("target") String target, @Nullable Judgement judgement) {
        return judge(target, Verdict.Kind.REJECT, judgement);
    }

    private Judged judge(String target, Verdict.Kind kind, @Nullable Judgement judgement) {
        int mails = verdicts.judge(target, verdict(kind, judgement));
        if (mails == 0) {
            throw ProblemException.notFound("approval: nothing of " + target
                    + " waits (expected: the key of an occurrence or the id of a campaign of GET /v1/approvals)");
        }
        return new Judged(target, kind.wireName(), mails);
    }

    private Verdict verdict(Verdict.Kind kind, @Nullable Judgement judgement) {
        Judgement given = judgement == null ? new Judgement(null, null) : judgement;
        try {
            return Verdict.of(kind, caller.actsAs("by", given.by()), given.reason());
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
