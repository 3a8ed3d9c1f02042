package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.access.Caller;
import dev.stagecoach.access.Roles;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.lifecycle.account.Act;
import dev.stagecoach.lifecycle.account.FactRules;
import dev.stagecoach.lifecycle.policy.Policy;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What people record about a contract: that it was renewed, that its term was extended, that the account left. */
@Path("/v1/accounts/{account}")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SUCCESS)
class ContractResource {
    private final JpaAccounts accounts;
    private final Policy policy;
    private final Caller caller;

    ContractResource(JpaAccounts accounts, Policy policy, Caller caller) {
        this.accounts = accounts;
        this.policy = policy;
        this.caller = caller;
    }

    /** {@code seats} as they are when not given. */
    public record Renewal(
            @Nullable String author,
            @Nullable LocalDate renewsOn,
            @Nullable Integer seats,
            @Nullable String note) {}

    public record Extension(
            @Nullable String author,
            @Nullable LocalDate until,
            @Nullable String note) {}

    /** {@code on} is today when not given. */
    public record Churn(
            @Nullable String author,
            @Nullable LocalDate on,
            @Nullable String reason) {}

    @POST
    @Path("/renewal")
    @Consumes(MediaType.APPLICATION_JSON)
    public AccountFacts renew(@RestPath String account, byte[] body) {
        Renewal renewal = AccountBody.read(AccountBody.signed(body, caller), Renewal.class);
        LocalDate renewsOn = AccountBody.date("renewsOn", renewal.renewsOn());
        seats(renewal.seats());
        Act act = act(Act.Kind.RENEWAL, renewal.author(), renewal.note());
        return accounts.act(account, act, body, facts -> {
            requireContract(facts);
            accounts.requireNotOver("renewsOn", renewsOn);
            LocalDate before = facts.renewsOn();
            if (before != null && !renewsOn.isAfter(before)) {
                throw ProblemException.unprocessable(
                        "renewsOn: " + renewsOn + " (expected: after " + before + ", up to which the term runs now)");
            }
            Integer seats = renewal.seats() == null ? facts.seats() : renewal.seats();
            return checked(facts.withTerm(seats, renewsOn, null).withChurnedOn(null));
        });
    }

    @POST
    @Path("/extension")
    @Consumes(MediaType.APPLICATION_JSON)
    public AccountFacts extend(@RestPath String account, byte[] body) {
        Extension extension = AccountBody.read(AccountBody.signed(body, caller), Extension.class);
        LocalDate until = AccountBody.date("until", extension.until());
        Act act = act(Act.Kind.EXTENSION, extension.author(), extension.note());
        return accounts.act(account, act, body, facts -> {
            LocalDate renewsOn = facts.renewsOn();
            if (renewsOn == null) {
                throw ProblemException.unprocessable(
                        "until: " + until + " (expected: an account with a renewsOn that it extends)");
            }
            accounts.requireNotOver("until", until);
            return checked(facts.withTerm(facts.seats(), renewsOn, until));
        });
    }

    @POST
    @Path("/churn")
    @Consumes(MediaType.APPLICATION_JSON)
    public AccountFacts churn(@RestPath String account, byte[] body) {
        Churn churn = AccountBody.read(AccountBody.signed(body, caller), Churn.class);
        String reason = AccountBody.text("reason", churn.reason());
        Act act = act(Act.Kind.CHURN, churn.author(), reason);
        LocalDate on = churn.on() == null ? accounts.today() : AccountBody.plausible("on", churn.on());
        return accounts.act(account, act, body, facts -> {
            requireContract(facts);
            return checked(facts.withChurnedOn(on));
        });
    }

    @DELETE
    @Path("/churn")
    public AccountFacts withdrawChurn(
            @RestPath String account, @RestQuery @Nullable String author, @RestQuery @Nullable String note) {
        Act act = act(Act.Kind.CHURN_WITHDRAWN, caller.actsAs("author", author), note);
        return accounts.act(account, act, AccountBody.NOTHING, facts -> facts.withChurnedOn(null));
    }

    private static void seats(@Nullable Integer seats) {
        if (seats != null && seats < 1) {
            throw ProblemException.unprocessable(
                    "seats: " + seats + " (expected: >= 1; leave it out when they stay as they are)");
        }
    }

    private static Act act(Act.Kind kind, @Nullable String author, @Nullable String note) {
        return new Act(kind, AccountBody.author(author), AccountBody.note(note));
    }

    private static void requireContract(AccountFacts facts) {
        if (facts.contractClosedOn() == null) {
            throw ProblemException.unprocessable("the account " + facts.account()
                    + " has no contract: tell its contractClosedOn with PUT /v1/accounts/" + facts.account());
        }
    }

    private AccountFacts checked(AccountFacts facts) {
        List<String> contradictions = FactRules.contradictions(
                facts, policy.of(facts.segment()).stages().longestExtensionDays());
        if (!contradictions.isEmpty()) {
            throw new ProblemException(Problem.UNPROCESSABLE, String.join("; ", contradictions), contradictions);
        }
        return facts;
    }
}
