package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Another service answered that it will not, or cannot, and why. */
final class PeerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int CLIENT_ERRORS = 400;
    private static final int SERVER_ERRORS = 500;

    private final int status;

    private PeerRefusedException(int status, String detail) {
        super(detail);
        this.status = status;
    }

    /** The part of a problem (RFC 9457) that people read. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Detail(@Nullable String detail) {}

    /** Null when the answer is no refusal. */
    static @Nullable PeerRefusedException of(Response response) {
        return response.getStatus() < CLIENT_ERRORS
                ? null
                : new PeerRefusedException(response.getStatus(), detail(response));
    }

    private static String detail(Response response) {
        if (response.hasEntity() && Problem.MEDIA_TYPE.isCompatible(response.getMediaType())) {
            Detail said = response.readEntity(Detail.class);
            if (said.detail() != null) {
                return said.detail();
            }
        }
        return "status " + response.getStatus();
    }

    int status() {
        return status;
    }

    /** Whether what was asked was wrong, and not the other service. */
    boolean isOurs() {
        return status < SERVER_ERRORS && status != 401 && status != 403;
    }
}
