package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.access.Caller;
import dev.stagecoach.access.Outage;
import dev.stagecoach.access.Roles;
import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageByHand;
import dev.stagecoach.lifecycle.account.Act;
import dev.stagecoach.lifecycle.account.FactRules;
import dev.stagecoach.lifecycle.adapter.JpaAccounts.Told;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.Policy;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounts over HTTP: what is told about them, and where they stand. */
@Path("/v1/accounts")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class AccountsResource {
    private static final Logger LOG = LoggerFactory.getLogger(AccountsResource.class);
    private static final int MOST_ACCOUNTS = 500;

    /** What people tell, each in its own way, and a record about the account does not replace. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "stageByHand", "PUT {account}/stage",
            "signals", "PUT {account}/signals",
            "churnedOn", "POST {account}/churn",
            "changedBy", "the author of an act, POST {account}/renewal for instance");

    private final JpaAccounts accounts;
    private final Policy policy;
    private final Caller caller;

    AccountsResource(JpaAccounts accounts, Policy policy, Caller caller) {
        this.accounts = accounts;
        this.policy = policy;
        this.caller = caller;
    }

    /**
     * An account with where it stands.
     *
     * @param since the day on which the stage began
     * @param usage the last summary of its usage; null when there is none yet
     */
    public record AccountView(
            AccountFacts facts,
            @Nullable Stage stage,
            @Nullable LocalDate since,
            HealthLevel health,
            @Nullable JsonNode usage) {}

    /** A page of accounts; {@code next} is the {@code after} of the following page, null on the last. */
    public record AccountPage(
            List<AccountView> accounts, @Nullable String next) {}

    @PUT
    @Path("/{account}")
    @RolesAllowed(Roles.SUCCESS)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@RestPath String account, byte[] body) {
        Told told = accounts.tell(facts(account, AccountBody.parse(body)));
        return Response.status(told.isNew() ? 201 : 200).entity(told.facts()).build();
    }

    @GET
    @Path("/{account}")
    public AccountView get(@RestPath String account) {
        AccountEntity told = AccountEntity.findById(account);
        if (told == null) {
            throw ProblemException.noSuchAccount(account);
        }
        return view(JpaAccounts.parse(told.facts), JourneyEntity.findById(account));
    }

    @GET
    public AccountPage list(
            @RestQuery @Nullable String stage,
            @RestQuery @Nullable String health,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String limit) {
        int most = limit == null ? 100 : limitOf(limit);
        List<Object> values = new ArrayList<>(List.of(after == null ? "" : after));
        String query = "facts is not null and account > ?1";
        if (stage != null) {
            values.add(stageOf(stage).wireName());
            query += " and stage = ?" + values.size();
        }
        if (health != null) {
            values.add(levelOf(health).wireName());
            query += " and health = ?" + values.size();
        }
        List<JourneyEntity> found = JourneyEntity.find(query + " order by account", values.toArray())
                .page(0, most + 1)
                .list();
        List<AccountView> page = found.stream()
                .limit(most)
                .map(journey -> view(JpaAccounts.parse(String.valueOf(journey.facts)), journey))
                .toList();
        boolean more = found.size() > most;
        return new AccountPage(page, more ? page.get(most - 1).facts().account() : null);
    }

    @PUT
    @Path("/{account}/contacts")
    @RolesAllowed(Roles.SUCCESS)
    @Consumes(MediaType.APPLICATION_JSON)
    public AccountContacts putContacts(@RestPath String account, byte[] body) {
        ObjectNode json = AccountBody.parse(body);
        requireSame("account", account, json);
        AccountContacts contacts = AccountBody.read(json.put("account", account), AccountContacts.class);
        check(contacts);
        accounts.tell(contacts);
        return contacts;
    }

    @PUT
    @Path("/{account}/stage")
    @RolesAllowed(Roles.SUCCESS)
    @Consumes(MediaType.APPLICATION_JSON)
    public StageByHand putStage(@RestPath String account, byte[] body) {
        StageByHand stage = AccountBody.read(AccountBody.signed(body, caller), StageByHand.class);
        AccountBody.author(stage.author());
        Act act = new Act(Act.Kind.STAGE_BY_HAND, stage.author(), AccountBody.text("reason", stage.reason()));
        AccountBody.plausible("until", stage.until());
        accounts.act(account, act, body, facts -> {
            accounts.requireNotOver("until", stage.until());
            return facts.withStageByHand(stage);
        });
        return stage;
    }

    @DELETE
    @Path("/{account}/stage")
    @RolesAllowed(Roles.SUCCESS)
    public void deleteStage(@RestPath String account, @RestQuery @Nullable String author) {
        Act act = new Act(Act.Kind.STAGE_BY_RULE, AccountBody.author(caller.actsAs("author", author)), null);
        accounts.act(account, act, AccountBody.NOTHING, facts -> facts.withStageByHand(null));
    }

    @POST
    @Path("/import")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes({"text/csv", MediaType.TEXT_PLAIN})
    public Response importCsv(byte[] body) {
        AccountCsv csv = AccountCsv.read(body);
        accounts.requireUpToDate();
        SortedMap<Long, String> errors = new TreeMap<>(csv.errors());
        int imported = 0;
        for (AccountCsv.Row row : csv.rows()) {
            try {
                accounts.tell(facts(row.account(), row.json()));
                imported++;
            } catch (ProblemException e) {
                errors.put(row.line(), reasons(e.problem()));
            } catch (RuntimeException e) {
                throw stopped(imported, row.line(), errors, e);
            }
        }
        if (errors.isEmpty()) {
            return Response.ok(Map.of("imported", imported)).build();
        }
        String detail = imported + " accounts were imported and are kept; " + errors.size()
                + " lines were not: correct them and send those again";
        return Problem.of(Problem.UNPROCESSABLE, detail, lines(errors))
                .toResponse()
                .build();
    }

    /** What was imported before a failure that is not the table's stays so: it has been told. */
    private static ProblemException stopped(
            int imported, long line, SortedMap<Long, String> errors, RuntimeException failure) {
        LOG.error("an import stopped at line {}", line, failure);
        String why = Outage.isCauseOf(failure)
                ? "the database cannot be reached or has too much to do"
                : "the reason is in the log of lifecycle-service";
        String detail = imported + " accounts were imported and are kept; the import stopped at line " + line + ": "
                + why + ". Send the table again later: what is known already changes nothing";
        int status = Outage.isCauseOf(failure) ? Problem.UNAVAILABLE : 500;
        return new ProblemException(status, detail, lines(errors));
    }

    private static List<String> lines(SortedMap<Long, String> errors) {
        return errors.entrySet().stream()
                .map(error -> "line " + error.getKey() + ": " + error.getValue())
                .toList();
    }

    private static String reasons(Problem problem) {
        return problem.errors().isEmpty() ? problem.detail() : String.join("; ", problem.errors());
    }

    private AccountFacts facts(String account, ObjectNode json) {
        requireSame("account", account, json);
        ELSEWHERE.forEach((field, request) -> {
            if (json.has(field)) {
                throw ProblemException.badRequest(
                        field + ": tell it with " + request.replace("{account}", "/v1/accounts/" + account));
            }
        });
        AccountFacts facts = AccountBody.read(json.put("account", account), AccountFacts.class);
        List<String> contradictions = FactRules.contradictions(
                facts, policy.of(facts.segment()).stages().longestExtensionDays());
        if (!contradictions.isEmpty()) {
            throw new ProblemException(Problem.UNPROCESSABLE, String.join("; ", contradictions), contradictions);
        }
        return facts;
    }

    private static void requireSame(String field, String expected, ObjectNode json) {
        JsonNode given = json.get(field);
        if (given != null && !given.asText().equals(expected)) {
            throw ProblemException.badRequest(
                    field + ": " + given.asText() + " (expected: " + expected + ", as in the address, or nothing)");
        }
    }

    private static void check(AccountContacts contacts) {
        List<String> errors = new ArrayList<>(FactRules.excesses(contacts));
        Set<String> ids = new HashSet<>();
        contacts.contacts().forEach(contact -> {
            if (!ids.add(contact.id())) {
                errors.add("contacts: the id " + contact.id() + " stands there twice");
            }
            if (contact.id().indexOf('@') >= 0) {
                // Ids go to topics and tables that forget nobody.
                errors.add("contacts: the id " + contact.id() + " (expected: one that is no address)");
            }
            int at = contact.email().indexOf('@');
            if (at < 1 || at == contact.email().length() - 1 || contact.email().contains(" ")) {
                errors.add("contacts: " + contact.id() + ": email (expected: an address such as ana@example.com)");
            }
        });
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.UNPROCESSABLE, String.join("; ", errors), errors);
        }
    }

    private static int limitOf(String limit) {
        int most = limit.matches("[0-9]{1,9}") ? Integer.parseInt(limit) : 0;
        if (most < 1 || most > MOST_ACCOUNTS) {
            throw ProblemException.badRequest("limit: " + limit + " (expected: 1 to " + MOST_ACCOUNTS + ")");
        }
        return most;
    }

    private static Stage stageOf(String name) {
        try {
            return Stage.of(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static HealthLevel levelOf(String name) {
        try {
            return HealthLevel.of(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static AccountView view(AccountFacts facts, @Nullable JourneyEntity journey) {
        if (journey == null || journey.state == null) {
            return new AccountView(facts, null, null, HealthLevel.UNKNOWN, null);
        }
        try {
            Journey state = EventCodec.json().readValue(journey.state, Journey.class);
            return new AccountView(
                    facts,
                    state.stage(),
                    state.since(),
                    state.health().level(),
                    journey.summary == null ? null : tree(journey.summary));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored journey cannot be read: " + journey.state, e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return EventCodec.json().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read: " + json, e);
        }
    }
}
