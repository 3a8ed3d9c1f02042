package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.access.Roles;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.health.HealthTrend;
import dev.stagecoach.lifecycle.health.HealthTrend.Day;
import dev.stagecoach.lifecycle.journey.Journey;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The health of an account: its level, what it is made of, and how it came to it. */
@Path("/v1/accounts/{account}/health")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class HealthResource {
    private final JpaAccounts accounts;

    HealthResource(JpaAccounts accounts) {
        this.accounts = accounts;
    }

    /** The health of an account, and how it came to it. */
    public record HealthStory(String account, @JsonUnwrapped HealthView health, HealthTrend trend) {}

    @GET
    public HealthStory get(@RestPath String account) {
        if (AccountEntity.findById(account) == null) {
            throw ProblemException.noSuchAccount(account);
        }
        HealthStanding health = standing(JourneyEntity.findById(account));
        return new HealthStory(account, HealthView.of(health), trend(account));
    }

    private HealthTrend trend(String account) {
        List<HealthDayEntity> changes = HealthDayEntity.list("account = ?1 order by day", account);
        List<Day> days = changes.stream()
                .map(change -> new Day(change.day, HealthLevel.of(change.level), change.score))
                .toList();
        return accounts.lastDay().map(today -> HealthTrend.of(days, today)).orElse(HealthTrend.NONE);
    }

    private static HealthStanding standing(@Nullable JourneyEntity journey) {
        if (journey == null || journey.state == null) {
            return HealthStanding.NONE;
        }
        try {
            return EventCodec.json().readValue(journey.state, Journey.class).health();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored journey cannot be read: " + journey.state, e);
        }
    }
}
