package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication;
import io.quarkus.oidc.runtime.OidcTenantConfig.Roles.Source;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;

/**
 * Makes people sign in to the console at the sign-in server, where the settings name one: by authorization code with PKCE and a nonce, and a
 * session in cookies that no script can read. Where they come back to is under the console's own address in the settings, not under
 * what a request says.
 */
@ApplicationScoped
class ConsoleSignIn {
    static final String SIGN_IN = "/sign-in";
    static final String SIGN_OUT = "/sign-out";
    static final String SIGNED_OUT = "/signed-out";

    /** So long after its last page a session can be taken up again without the sign-in server's asking. */
    private static final Duration IDLE = Duration.ofMinutes(30);

    private static final int AFTER_TOKENS = 2;

    private final OidcConfig settings;
    private final URI console;
    private final boolean hasLocalUser;

    ConsoleSignIn(OidcConfig settings, AlertsSettings alerts) {
        this.settings = settings;
        this.console = alerts.alerts().console().url();
        this.hasLocalUser = alerts.alerts().console().localUser().isPresent();
    }

    boolean isOn() {
        var told = OidcConfig.getDefaultTenant(settings);
        return told.tenantEnabled() && told.authServerUrl().isPresent();
    }

    void configure(@Observes @Priority(AFTER_TOKENS) Oidc oidc) {
        if (!isOn()) {
            return;
        }
        if (hasLocalUser) {
            throw new IllegalStateException(
                    "stagecoach.alerts.console.local-user and quarkus.oidc.auth-server-url are both"
                            + " set (expected: one of them): whoever is on this machine would not have to sign in");
        }
        oidc.create(tenant());
    }

    private OidcTenantConfig tenant() {
        var told = OidcConfig.getDefaultTenant(settings);
        Authentication authentication = told.authentication();
        return OidcTenantConfig.builder(told)
                .tenantPaths("/*")
                .applicationType(ApplicationType.WEB_APP)
                .roles()
                .source(told.roles().source().orElse(Source.accesstoken))
                .end()
                .token()
                .refreshExpired()
                .end()
                .authentication()
                .pkceRequired()
                .nonceRequired()
                .redirectPath(authentication.redirectPath().orElse(at(SIGN_IN)))
                .restorePathAfterRedirect()
                .sessionAgeExtension(authentication.sessionAgeExtension().orElse(IDLE))
                .cookieForceSecure(authentication.cookieForceSecure() || "https".equals(console.getScheme()))
                .end()
                .logout()
                .path(SIGN_OUT)
                .postLogoutPath(at(SIGNED_OUT))
                .end()
                .build();
    }

    private String at(String path) {
        return console.resolve(path).toString();
    }
}
