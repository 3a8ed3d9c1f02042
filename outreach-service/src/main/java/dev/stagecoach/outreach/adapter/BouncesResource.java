package dev.stagecoach.outreach.adapter;

import dev.stagecoach.access.Roles;
import dev.stagecoach.outreach.ReceiveBounce;
import dev.stagecoach.outreach.bounce.Bounce;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For mail services that tell of bounces over HTTP. */
@Path("/v1/bounces")
@RolesAllowed(Roles.OPERATOR)
class BouncesResource {
    private final ReceiveBounce receiveBounce;

    BouncesResource(ReceiveBounce receiveBounce) {
        this.receiveBounce = receiveBounce;
    }

    /**
     * A mail that came back.
     *
     * @param messageId of the mail; either this or the envelope's sender
     * @param envelopeSender where the report went: the sender on the envelope of the mail
     * @param status of RFC 3463
     */
    record Report(
            @Nullable String messageId,
            @Nullable String envelopeSender,
            @Nullable String status,
            @Nullable String diagnostic) {}

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    public void receive(@Nullable Report report) {
        if (report == null || report.status() == null) {
            throw ProblemException.badRequest("status: missing (expected: 4.x.x or 5.x.x)");
        }
        if ((report.messageId() == null) == (report.envelopeSender() == null)) {
            throw ProblemException.badRequest("messageId, envelopeSender: both or none (expected: one of them)");
        }
        Bounce bounce = bounce(report.status(), report.diagnostic());
        boolean known = report.messageId() != null
                ? receiveBounce.told(report.messageId(), bounce)
                : receiveBounce.reported(List.of(report.envelopeSender()), bounce);
        if (!known) {
            throw ProblemException.notFound("no mail that was handed over goes by that name");
        }
    }

    private static Bounce bounce(String status, @Nullable String diagnostic) {
        try {
            return new Bounce(status, diagnostic == null ? "" : diagnostic);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
