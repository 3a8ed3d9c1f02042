package dev.stagecoach.access;

import io.netty.handler.codec.http.HttpHeaderNames;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * Lets the tokens of the settings to {@code /v1}, as programs with all roles. One that is not among them is left to the sign-in
 * server, if there is one.
 */
@ApplicationScoped
class KnownTokens implements HttpAuthenticationMechanism {
    /** Before OpenID Connect. */
    private static final int PRIORITY = 2_000;

    private static final int UNAUTHORIZED = 401;

    private final List<byte[]> tokens;
    private final boolean onThisMachineOnly;

    KnownTokens(ApiSettings settings) {
        tokens = settings.tokens().orElse(List.of()).stream()
                .filter(token -> !token.isBlank())
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
        onThisMachineOnly = settings.tokensOnThisMachineOnly();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        return ApiRequest.isOne(request)
                        && ApiRequest.token(request).filter(this::isKnown).isPresent()
                        && (!onThisMachineOnly || ThisMachine.sent(request.request()))
                ? Uni.createFrom().item(program())
                : Uni.createFrom().nullItem();
    }

    private boolean isKnown(String given) {
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (byte[] token : tokens) {
            // Every token is compared, each in constant time.
            known |= MessageDigest.isEqual(token, bytes);
        }
        return known;
    }

    private static SecurityIdentity program() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("a token of the settings"))
                .addRoles(Roles.all())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return ApiRequest.isOne(request)
                ? Uni.createFrom()
                        .item(new ChallengeData(
                                UNAUTHORIZED, HttpHeaderNames.WWW_AUTHENTICATE, ApiRequest.challenge(request)))
                : Uni.createFrom().nullItem();
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
