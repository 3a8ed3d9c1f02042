package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
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
import java.util.List;
import java.util.Set;

/** In tests, whoever says so on a page of the console has a role, as if signed in with it. */
@ApplicationScoped
class RoleHeader implements HttpAuthenticationMechanism {
    static final String NAME = "Test-Role";

    /** As whom. */
    static final String PERSON = "Test-Person";

    private static final List<String> LADDER = List.of(Roles.VIEWER, Roles.SUCCESS, Roles.OPERATOR);

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        String role = context.request().getHeader(NAME);
        String person = context.request().getHeader(PERSON);
        return role == null
                ? Uni.createFrom().nullItem()
                : Uni.createFrom()
                        .item(QuarkusSecurityIdentity.builder()
                                .setPrincipal(
                                        new QuarkusPrincipal(person == null ? role + "@team.example.com" : person))
                                .addRoles(Set.copyOf(LADDER.subList(0, LADDER.indexOf(role) + 1)))
                                .build());
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
        return Integer.MAX_VALUE;
    }
}
