package dev.stagecoach.access;

import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Signing in at the sign-in server. */
public final class SignIn {
    private SignIn() {}

    /** Whether the settings name a sign-in server: its address, or the key that its tokens are signed with. */
    static boolean isOn(OidcConfig settings) {
        var told = OidcConfig.getDefaultTenant(settings);
        return told.tenantEnabled()
                && (told.authServerUrl().isPresent() || told.publicKey().isPresent());
    }

    /** When what somebody signed in with expires; empty for who did not sign in there. */
    public static Optional<Instant> end(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > 0
                ? Optional.of(Instant.ofEpochSecond(token.getExpirationTime()))
                : Optional.empty();
    }
}
