package dev.stagecoach.outreach.adapter;

import dev.stagecoach.access.Caller;
import dev.stagecoach.access.Roles;
import dev.stagecoach.outreach.Erasures;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Forgets a person who asks for it ({@code docs/operating.md}, erase a person). */
@Path("/v1/erasures")
@RolesAllowed(Roles.OPERATOR)
class ErasuresResource {
    private final Erasures erasures;
    private final Caller caller;

    ErasuresResource(Erasures erasures, Caller caller) {
        this.erasures = erasures;
        this.caller = caller;
    }

    /**
     * Who is to be forgotten.
     *
     * @param address to which mails went, however it is written
     * @param by who wants it
     */
    record ErasureRequest(
            @Nullable String address, @Nullable String by) {}

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Erasures.Erased erase(@Nullable ErasureRequest request) {
        if (request == null || request.address() == null || request.address().indexOf('@') < 1) {
            throw ProblemException.badRequest("address: missing (expected: an address such as ana@example.com)");
        }
        String by = caller.actsAs("by", request.by());
        if (by == null || by.isBlank()) {
            throw ProblemException.badRequest("by: missing (expected: who wants it, by name or address)");
        }
        String address = request.address().strip().toLowerCase(Locale.ROOT);
        List<String> accounts = erasures.accountsWith(address);
        if (!accounts.isEmpty()) {
            throw ProblemException.conflict(
                    "address: still that of a contact of " + String.join(", ", accounts)
                            + " (expected: the contacts of each are told without the person first, PUT /v1/accounts/{id}/contacts)");
        }
        return erasures.erase(address, by.strip());
    }
}
