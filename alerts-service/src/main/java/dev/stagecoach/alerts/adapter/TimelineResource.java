package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import dev.stagecoach.alerts.history.EntryKind;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happened to an account, for programs. */
@Path("/v1/accounts/{id}/timeline")
@Tag(name = "Accounts")
@RolesAllowed(Roles.VIEWER)
class TimelineResource {
    private final JdbcAccountPages accounts;

    TimelineResource(JdbcAccountPages accounts) {
        this.accounts = accounts;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What happened to an account, newest first",
            description = "Empty for an account of which nothing has been heard.")
    public TimelinePage timeline(
            @Parameter(example = "blue-harbor") @PathParam("id") String id,
            @Parameter(description = "Only of this kind", example = "stage") @QueryParam("kind") @Nullable String kind,
            @Parameter(description = "`next` of the page before") @QueryParam("after") @Nullable String after,
            @Parameter(description = "1 to 500; 50 when not given") @QueryParam("limit") @Nullable String limit) {
        int most = AlertsResource.limit(limit);
        // One more than asked for tells whether there is a next page.
        List<JdbcTimeline.Line> lines = accounts.timeline(id, kind(kind), cursor("after", after), most + 1);
        List<JdbcTimeline.Line> page = lines.subList(0, Math.min(most, lines.size()));
        return new TimelinePage(
                page.stream().map(StoredEntry::of).toList(),
                lines.size() > most ? page.get(most - 1).cursor().text() : null);
    }

    /** @throws ProblemException for any other name */
    static Optional<EntryKind> kind(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(EntryKind.byWireName(name)
                .orElseThrow(() -> ProblemException.badRequest("kind: " + name + " (expected one of: "
                        + Arrays.stream(EntryKind.values())
                                .map(EntryKind::wireName)
                                .collect(Collectors.joining(", "))
                        + ")")));
    }

    /** @throws ProblemException for a text that is none of {@link TimelineCursor#text()} */
    static Optional<TimelineCursor> cursor(String parameter, @Nullable String text) {
        try {
            return Optional.ofNullable(text).filter(given -> !given.isBlank()).map(TimelineCursor::of);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(
                    parameter + ": " + text + " (expected: the one that a page of the timeline gave)");
        }
    }

    /** A page of a timeline. */
    @Schema(name = "Timeline")
    public record TimelinePage(
            List<StoredEntry> entries,

            @Schema(description = "Pass it as `after` for what is before these; absent on the last page") @Nullable String next) {}

    /** Something that happened. */
    @Schema(name = "TimelineEntry")
    public record StoredEntry(
            String id,
            Instant at,
            @Schema(examples = "stage") String kind,

            @Schema(examples = "Entered Adopting from Onboarding")
            String title,

            @Schema(description = "Why, in words") @Nullable String detail,

            @Schema(description = "Id of the event that caused it") @Nullable String causedBy,

            @Schema(description = "Where it was read: topic, partition and offset", examples = "lifecycle.stages-3@17")
            String record,

            @Schema(examples = "stagecoach.lifecycle.stage-changed.v1")
            String type,

            @Schema(description = "What the record says") Object data) {
        static StoredEntry of(JdbcTimeline.Line line) {
            return new StoredEntry(
                    line.id(),
                    line.at(),
                    line.kind().wireName(),
                    line.title(),
                    line.detail(),
                    line.causedBy(),
                    line.record(),
                    line.type(),
                    line.data());
        }
    }
}
