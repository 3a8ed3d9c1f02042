package dev.stagecoach.access;

import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Makes {@code /v1} take tokens of the sign-in server where the settings name one: {@code quarkus.oidc.auth-server-url}. Nothing else
 * asks it; a service that has pages too adds their sign-in afterwards.
 */
@ApplicationScoped
class TokenSignIn {
    static final int FIRST = 1;

    private final OidcConfig settings;
    private final ApiSettings api;

    TokenSignIn(OidcConfig settings, ApiSettings api) {
        this.settings = settings;
        this.api = api;
    }

    void configure(@Observes @Priority(FIRST) Oidc oidc) {
        var told = OidcConfig.getDefaultTenant(settings);
        boolean on = SignIn.isOn(settings);
        oidc.create(OidcTenantConfig.builder(told).disableTenant().build());
        oidc.create(OidcTenantConfig.builder(told)
                .tenantId("api")
                .tenantEnabled(on)
                .tenantPaths("/v1/*")
                .applicationType(ApplicationType.SERVICE)
                .token()
                .audience(api.audience())
                .end()
                .build());
    }
}
