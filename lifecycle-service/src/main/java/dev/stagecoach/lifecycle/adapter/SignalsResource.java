package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.access.Caller;
import dev.stagecoach.access.Roles;
import dev.stagecoach.events.Pulse;
import dev.stagecoach.events.Signal;
import dev.stagecoach.events.Signals;
import dev.stagecoach.lifecycle.account.Act;
import dev.stagecoach.lifecycle.account.ToldDates;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What people and other systems say about an account that no instance reports. */
@Path("/v1/accounts/{account}/signals")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SUCCESS)
class SignalsResource {
    private final JpaAccounts accounts;
    private final Caller caller;

    SignalsResource(JpaAccounts accounts, Caller caller) {
        this.accounts = accounts;
        this.caller = caller;
    }

    /** What is null is not known any more; what is left out stays as it is. */
    public record Body(
            @Nullable String author,
            @Nullable Integer defectTickets90Days,
            @Nullable Integer helpTickets90Days,
            @Nullable Pulse pulse,
            @Nullable Boolean championActive,
            @Nullable Boolean buyerAccess,
            @Nullable LocalDate lastContactOn) {}

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Signals put(@RestPath String account, byte[] body) {
        ObjectNode json = AccountBody.signed(body, caller);
        Body told = AccountBody.read(json, Body.class);
        String author = AccountBody.author(told.author());
        if (json.size() < 2) {
            throw ProblemException.badRequest("nothing is told (expected: a signal besides the author)");
        }
        LocalDate today = accounts.today();
        check(told, today);
        Telling telling = new Telling(json, author, today);
        return accounts.act(
                        account,
                        new Act(Act.Kind.SIGNALS, author, null),
                        body,
                        facts -> facts.withSignals(telling.changed(facts.signalsOrNone(), told)))
                .signalsOrNone();
    }

    private static void check(Body told, LocalDate today) {
        List<String> errors = new ArrayList<>();
        notNegative("defectTickets90Days", told.defectTickets90Days(), errors);
        notNegative("helpTickets90Days", told.helpTickets90Days(), errors);
        LocalDate contact = told.lastContactOn();
        Optional<String> mistyped = ToldDates.mistake("lastContactOn", contact);
        mistyped.ifPresent(errors::add);
        if (mistyped.isEmpty() && contact != null && contact.isAfter(today)) {
            errors.add("lastContactOn: " + contact + " (expected: today, " + today + ", or before)");
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.UNPROCESSABLE, String.join("; ", errors), errors);
        }
    }

    private static void notNegative(String name, @Nullable Integer count, List<String> errors) {
        if (count != null && count < 0) {
            errors.add(name + ": " + count + " (expected: >= 0; null when it is not known)");
        }
    }

    /** The difference between null and nothing is in the JSON alone. */
    private record Telling(ObjectNode json, String author, LocalDate today) {
        Signals changed(Signals before, Body told) {
            return new Signals(
                    signal("defectTickets90Days", before.defectTickets90Days(), told.defectTickets90Days()),
                    signal("helpTickets90Days", before.helpTickets90Days(), told.helpTickets90Days()),
                    signal("pulse", before.pulse(), told.pulse()),
                    signal("championActive", before.championActive(), told.championActive()),
                    signal("buyerAccess", before.buyerAccess(), told.buyerAccess()),
                    signal("lastContactOn", before.lastContactOn(), told.lastContactOn()));
        }

        private <T> @Nullable Signal<T> signal(String name, @Nullable Signal<T> before, @Nullable T value) {
            if (!json.has(name)) {
                return before;
            }
            return value == null ? null : new Signal<>(value, today, author);
        }
    }
}
