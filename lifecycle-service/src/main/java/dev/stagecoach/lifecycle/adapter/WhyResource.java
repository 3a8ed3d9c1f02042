package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.lifecycle.adapter.SqlStandings.LastChange;
import dev.stagecoach.lifecycle.adapter.SqlStandings.Reader;
import dev.stagecoach.lifecycle.adapter.SqlStandings.Stand;
import dev.stagecoach.lifecycle.explain.ExplainAccount;
import dev.stagecoach.lifecycle.explain.Why;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Why an account is where it is. */
@Path("/v1/accounts")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
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
     * @param health at its last look
     */
    public record WhyView(@JsonUnwrapped Why why, @Nullable LastChange decision, HealthView health) {}

    @GET
    @Path("/{account}/why")
    @Operation(
            summary = "Why an account is in its stage, what would change it, and when time alone will",
            description = "Worked out by the rules that decide, with everything they looked at, as of the last tick.")
    public WhyView why(@RestPath String account) {
        return standings.read(reader -> {
            Stand stand = reader.find(account).orElseThrow(() -> nothingDecided(account));
            return view(reader, account, stand);
        });
    }

    private WhyView view(Reader reader, String account, Stand stand) throws SQLException {
        AccountFacts facts = stand.facts();
        Map<String, UsageFigures> figures = reader.figures(List.of(stand));
        Why why = ExplainAccount.of(
                policy, facts, Objects.requireNonNull(figures.get(account)), stand.journey(), stand.asOf());
        return new WhyView(
                why,
                reader.lastChange(account).orElse(null),
                HealthView.of(stand.journey().health()));
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
