package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stagecoach.access.Roles;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.lifecycle.adapter.SqlStandings.LastChange;
import dev.stagecoach.lifecycle.adapter.SqlStandings.Reader;
import dev.stagecoach.lifecycle.adapter.SqlStandings.Stand;
import dev.stagecoach.lifecycle.explain.ExplainAccount;
import dev.stagecoach.lifecycle.explain.ExplainHealth;
import dev.stagecoach.lifecycle.explain.Why;
import dev.stagecoach.lifecycle.explain.WhyHealth;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.UsagePolicy;
import dev.stagecoach.lifecycle.usage.MeasureUsage;
import dev.stagecoach.lifecycle.usage.RunningVersions;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Why an account is where it is. */
@Path("/v1/accounts")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class WhyResource {
    private final SqlStandings standings;
    private final Policy policy;

    WhyResource(SqlStandings standings, Policy policy) {
        this.standings = standings;
        this.policy = policy;
    }

    /**
     * The explanation, with what is kept of the past.
     *
     * @param decision the decision that brought the account to its stage; null when it never had one
     * @param health as of the last tick, too
     */
    public record WhyView(@JsonUnwrapped Why why, @Nullable LastChange decision, WhyHealth health) {}

    @GET
    @Path("/{account}/why")
    public WhyView why(@RestPath String account) {
        return standings.read(reader -> {
            Stand stand = reader.find(account).orElseThrow(() -> nothingDecided(account));
            return view(reader, account, stand);
        });
    }

    private WhyView view(Reader reader, String account, Stand stand) throws SQLException {
        AccountFacts facts = stand.facts();
        Instant now = stand.asOf();
        UsageCounts counts = reader.counts(stand);
        UsagePolicy usage = policy.of(facts.segment()).usage();
        UsageFigures figures = MeasureUsage.of(usage, facts, counts, now);
        List<String> versions = RunningVersions.of(usage, facts, counts, now);
        return new WhyView(
                ExplainAccount.of(policy, facts, figures, stand.journey(), now),
                reader.lastChange(account).orElse(null),
                ExplainHealth.of(policy, facts, figures, versions, stand.journey(), now));
    }

    private static ProblemException nothingDecided(String account) {
        return AccountEntity.findById(account) == null
                ? ProblemException.noSuchAccount(account)
                : new ProblemException(
                        409,
                        "nothing has been decided about " + account
                                + " yet: what was told of it is on its way; ask again after the next tick",
                        List.of());
    }
}
