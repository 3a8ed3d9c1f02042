package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.ApiRequest;
import dev.stagecoach.access.Roles;
import dev.stagecoach.access.ThisMachine;
import dev.stagecoach.alerts.AlertsSettings;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Signs everybody on {@linkplain ThisMachine this machine} in to the console as one user, where the settings name one. */
@ApplicationScoped
class LocalUser implements HttpAuthenticationMechanism {
    private static final String LOCAL = "local";

    /** Before OpenID Connect. */
    private static final int PRIORITY = 1_900;

    private final Optional<String> name;

    LocalUser(AlertsSettings settings) {
        name = settings.alerts().console().localUser();
    }

    static boolean is(SecurityIdentity identity) {
        return identity.getAttribute(LOCAL) != null;
    }

    /** Whether this machine's own people are signed in without being asked. */
    boolean isSet() {
        return name.isPresent();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        return Uni.createFrom()
                .optional(name.filter(user -> !ApiRequest.isOne(context) && ThisMachine.sent(context.request()))
                        .map(LocalUser::identity));
    }

    private static SecurityIdentity identity(String name) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(Set.of(Roles.VIEWER, Roles.SUCCESS, Roles.OPERATOR))
                .addAttribute(LOCAL, true)
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }
}
