package dev.stagecoach.lifecycle.adapter;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.access.Roles;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.adapter.SqlStandings.Reader;
import dev.stagecoach.lifecycle.adapter.SqlStandings.Stand;
import dev.stagecoach.lifecycle.explain.StageAhead;
import dev.stagecoach.lifecycle.explain.StagesAhead;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who enters which stage when. */
@Path("/v1/forecast")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class ForecastResource {
    private static final int MOST_DAYS = 366;
    private static final int MOST_ACCOUNTS = 10_000;

    private final SqlStandings standings;
    private final Policy policy;

    ForecastResource(SqlStandings standings, Policy policy) {
        this.standings = standings;
        this.policy = policy;
    }

    /**
     * A page of what lies ahead.
     *
     * @param asOf the last tick; null when there was none
     * @param days how many days after it this looks ahead
     * @param lookedAt how many accounts this page is about
     * @param accounts those of them whose stage changes within the days
     * @param next the {@code after} of the following page; null on the last
     */
    public record Forecast(
            @Nullable Instant asOf,
            int days,
            String policyVersion,
            int lookedAt,
            List<AccountAhead> accounts,
            @Nullable String next) {}

    /**
     * The stage changes of an account.
     *
     * @param stage the stage now; null before Prospect
     * @param changes in order; at least one
     */
    public record AccountAhead(
            String account, String name, @Nullable Stage stage, List<StageAhead> changes) {}

    @GET
    public Forecast forecast(
            @RestQuery @Nullable String days, @RestQuery @Nullable String after, @RestQuery @Nullable String limit) {
        int ahead = number("days", days, 90, MOST_DAYS);
        int most = number("limit", limit, 1000, MOST_ACCOUNTS);
        return standings.read(reader -> forecast(reader, ahead, after == null ? "" : after, most));
    }

    private Forecast forecast(Reader reader, int days, String after, int most) throws SQLException {
        List<Stand> found = reader.page(after, most + 1);
        List<Stand> page = found.subList(0, Math.min(most, found.size()));
        // Of an account that no date can move, the usage, which is much to read, makes no difference.
        List<Stand> movable =
                page.stream().filter(stand -> mayChange(stand, days)).toList();
        Map<String, UsageFigures> figures = reader.figures(movable);
        List<AccountAhead> accounts = new ArrayList<>();
        for (Stand stand : movable) {
            List<StageAhead> changes = changes(
                    stand,
                    days,
                    Objects.requireNonNull(figures.get(stand.facts().account())));
            if (!changes.isEmpty()) {
                accounts.add(new AccountAhead(
                        stand.facts().account(),
                        stand.facts().name(),
                        stand.journey().stage(),
                        changes));
            }
        }
        return new Forecast(
                page.stream().map(Stand::asOf).max(Instant::compareTo).orElse(null),
                days,
                policy.version(),
                page.size(),
                accounts,
                found.size() > most ? page.get(most - 1).facts().account() : null);
    }

    private boolean mayChange(Stand stand, int days) {
        LocalDate today = today(stand);
        return StagesAhead.mayChange(
                today.plusDays(days), stages(stand.facts()), stand.facts(), stand.journey(), today);
    }

    private List<StageAhead> changes(Stand stand, int days, UsageFigures figures) {
        LocalDate today = today(stand);
        return StagesAhead.until(
                today.plusDays(days), stages(stand.facts()), stand.facts(), figures, stand.journey(), today);
    }

    private StagePolicy stages(AccountFacts facts) {
        return policy.of(facts.segment()).stages();
    }

    private static LocalDate today(Stand stand) {
        return LocalDate.ofInstant(stand.asOf(), UTC);
    }

    private static int number(String name, @Nullable String given, int otherwise, int most) {
        if (given == null) {
            return otherwise;
        }
        int number = given.matches("[0-9]{1,9}") ? Integer.parseInt(given) : 0;
        if (number < 1 || number > most) {
            throw ProblemException.badRequest(name + ": " + given + " (expected: 1 to " + most + ")");
        }
        return number;
    }
}
