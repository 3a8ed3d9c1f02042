package dev.stagecoach.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.ForbiddenException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who calls in this request. */
@RequestScoped
public class Caller {
    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** When the sign-in ends; empty for what has no end. */
    public Optional<Instant> until() {
        return SignIn.end(identity);
    }

    /**
     * As whom the caller acts: people in their own name, which the request may leave out; programs in the name of whom they name.
     *
     * @param field where the request has the name
     * @param named what it says there
     * @return null when a program names nobody
     * @throws ForbiddenException when somebody names somebody else without being a program
     */
    public @Nullable String actsAs(String field, @Nullable String named) {
        if (identity.hasRole(Roles.PROGRAM)) {
            return named;
        }
        String own = identity.getPrincipal().getName();
        if (named == null || named.isBlank() || named.strip().equals(own)) {
            return own;
        }
        throw new ForbiddenException(field + ": " + named.strip() + " (expected: " + own
                + ", as whom you are signed in, or nothing; naming others needs the role " + Roles.PROGRAM + ")");
    }
}
