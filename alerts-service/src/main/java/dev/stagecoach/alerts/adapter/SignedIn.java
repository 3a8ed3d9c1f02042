package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import dev.stagecoach.access.SignIn;
import io.quarkus.qute.TemplateData;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Optional;

/**
 * Who looks at the console in this request. Templates that are rendered in a request read it as {@code inject:signedIn}; a
 * stream outlives its request, and asks before.
 */
@Named
@RequestScoped
@TemplateData
class SignedIn {
    private final SecurityIdentity identity;

    SignedIn(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** As whom this person acts. */
    public String name() {
        return identity.getPrincipal().getName();
    }

    /** Whether this is the fixed user of a local stack, who is everybody on the machine. */
    public boolean isLocal() {
        return LocalUser.is(identity);
    }

    /** Whether this person may act on alerts, contacts, mails and accounts: role success, or operator. */
    public boolean mayAct() {
        return identity.hasRole(Roles.SUCCESS);
    }

    /** Whether this person may do what operators do: webhooks, policy, dead letters. Role operator. */
    public boolean mayOperate() {
        return identity.hasRole(Roles.OPERATOR);
    }

    /** When the sign-in ends, unless it is renewed by then. */
    Optional<Instant> until() {
        return SignIn.end(identity);
    }
}
