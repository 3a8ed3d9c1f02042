package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.access.Roles;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What was decided about an account and what people did to its facts, the newest first. */
@Path("/v1/accounts/{account}/history")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class HistoryResource {
    private static final int USUAL_ENTRIES = 100;
    private static final int MOST_ENTRIES = 1_000;

    /**
     * A decision as it was made; or what a person did to the facts, which is the cause of decisions by its id.
     *
     * @param at the tick by which it was made
     * @param cause null of what a person did
     */
    public record HistoryEntry(
            String id,
            String type,
            Instant at,
            JsonNode data,
            @Nullable EntryCause cause) {}

    /**
     * The record that led to a decision.
     *
     * @param id the id of its event
     * @param topic where it stands, as {@code partition} and {@code offset}; null when the decision is older than the note of it
     */
    public record EntryCause(
            String id,
            @Nullable String topic,
            @Nullable Integer partition,
            @Nullable Long offset) {}

    @GET
    public RestResponse<List<HistoryEntry>> history(
            @RestPath String account,
            @RestQuery @Nullable String before,
            @RestQuery @Nullable String limit,
            @Context UriInfo address) {
        if (AccountEntity.findById(account) == null) {
            throw ProblemException.noSuchAccount(account);
        }
        int most = limit == null ? USUAL_ENTRIES : limitOf(limit);
        List<HistoryEntry> found = entries(account, before, most + 1);
        List<HistoryEntry> page = found.subList(0, Math.min(most, found.size()));
        RestResponse.ResponseBuilder<List<HistoryEntry>> response = RestResponse.ResponseBuilder.ok(page);
        return found.size() > most
                ? response.links(next(address, page.get(most - 1))).build()
                : response.build();
    }

    private static Link next(UriInfo address, HistoryEntry last) {
        URI uri = address.getRequestUriBuilder()
                .replaceQueryParam("before", last.id())
                .build();
        return Link.fromUri(uri).rel("next").build();
    }

    private static List<HistoryEntry> entries(String account, @Nullable String before, int most) {
        if (before == null) {
            return newest("account = ?1", most, account);
        }
        Place place = place(account, before);
        return newest("account = ?1 and at <= ?2 and (at < ?2 or seq < ?3)", most, account, place.at(), place.number());
    }

    /** Where an entry stands: its time, and among those of the same time its number. */
    private record Place(Instant at, long number) {}

    private static Place place(String account, String id) {
        DecisionEntity decision = DecisionEntity.findById(id);
        if (decision != null && decision.account.equals(account)) {
            return new Place(decision.at, decision.seq);
        }
        AccountActEntity act = AccountActEntity.findById(id);
        if (act != null && act.account.equals(account)) {
            return new Place(act.at, act.seq);
        }
        throw ProblemException.badRequest(
                "before: " + id + " (expected: the id of an entry of the history of " + account + ")");
    }

    private static List<HistoryEntry> newest(String query, int most, Object... values) {
        String inOrder = query + " order by at desc, seq desc";
        SortedMap<Place, HistoryEntry> entries = new TreeMap<>(
                Comparator.comparing(Place::at).thenComparing(Place::number).reversed());
        List<DecisionEntity> decisions =
                DecisionEntity.find(inOrder, values).page(0, most).list();
        decisions.forEach(decision -> entries.put(new Place(decision.at, decision.seq), entry(decision)));
        List<AccountActEntity> acts =
                AccountActEntity.find(inOrder, values).page(0, most).list();
        acts.forEach(act -> entries.put(new Place(act.at, act.seq), entry(act)));
        return entries.values().stream().limit(most).toList();
    }

    private static HistoryEntry entry(DecisionEntity decision) {
        EntryCause cause = decision.cause == null
                ? null
                : new EntryCause(decision.cause, decision.causeTopic, decision.causePartition, decision.causeOffset);
        return new HistoryEntry(decision.id, decision.type, decision.at, tree(decision.data), cause);
    }

    private static HistoryEntry entry(AccountActEntity act) {
        ObjectNode data = EventCodec.json()
                .createObjectNode()
                .put("account", act.account)
                .put("act", act.act)
                .put("author", act.author)
                .put("note", act.note);
        data.set("request", tree(act.body));
        return new HistoryEntry(act.id, EventType.ACCOUNT_FACTS.wireName(), act.at, data, null);
    }

    private static int limitOf(String limit) {
        int most = limit.matches("[0-9]{1,9}") ? Integer.parseInt(limit) : 0;
        if (most < 1 || most > MOST_ENTRIES) {
            throw ProblemException.badRequest("limit: " + limit + " (expected: 1 to " + MOST_ENTRIES + ")");
        }
        return most;
    }

    private static JsonNode tree(String json) {
        try {
            return EventCodec.json().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read: " + json, e);
        }
    }
}
