package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Readiness;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceProcess;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.process.TopicSetup;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The services that people and programs ask, as they run in production: everybody signs in, at a real Keycloak. */
final class SignInStack implements AutoCloseable {

    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final List<Service> SERVICES = List.of(Service.LIFECYCLE, Service.OUTREACH, Service.ALERTS);

    private final StateDirectory state;
    private final int keycloakPort = OwnPorts.next();
    private @Nullable Keycloak keycloak;
    private final Platform platform;
    private String consoleSecret = Keycloak.secret();
    private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
    private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);

    private SignInStack(StateDirectory state) {
        this.state = state;
        SERVICES.forEach(service -> ports.put(service, OwnPorts.next()));
        platform = Platform.start(PlatformOptions.forTests(Part.KAFKA, Part.POSTGRES));
    }

    /** Starts everything but the sign-in server, for which no service waits, and returns when all of it is ready. */
    static SignInStack start(Path directory) {
        Service.requireBuilt(LocalStack.HOME, SERVICES.toArray(Service[]::new));
        var stack = new SignInStack(StateDirectory.open(directory));
        try {
            TopicSetup.createMissing(stack.platform.bootstrapServers());
            SERVICES.forEach(stack::startService);
            SERVICES.forEach(stack::awaitReady);
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** Starts the sign-in server, and returns when it is ready. */
    void startKeycloak() {
        keycloak = Keycloak.start(keycloakPort, console(), consoleSecret, state.processes(), state.log("keycloak"));
        keycloak.awaitReady();
    }

    /** The console gets another secret: first at the sign-in server, then itself. */
    void changeConsoleSecret() {
        consoleSecret = Keycloak.secret();
        keycloak().changeSecretOfTheConsole(consoleSecret);
        processes.get(Service.ALERTS).stopping().run();
        startService(Service.ALERTS);
        awaitReady(Service.ALERTS);
    }

    private void startService(Service service) {
        var settings = ServiceSettings.of(service, port(service), false, platform);
        settings.keySet()
                .removeAll(List.of(
                        "stagecoach.api.tokens",
                        "stagecoach.alerts.console.local-user",
                        "stagecoach.alerts.peers.token"));
        settings.put("quarkus.oidc.auth-server-url", Keycloak.issuer(keycloakPort));
        if (service == Service.ALERTS) {
            settings.put("stagecoach.alerts.console.url", console().toString());
            settings.put("quarkus.oidc.client-id", "stagecoach-console");
            settings.put("quarkus.oidc.credentials.secret", consoleSecret);
            // As with a console behind TLS. Browsers take such cookies from their own machine without it, too.
            settings.put("quarkus.oidc.authentication.cookie-force-secure", "true");
        }
        processes.put(
                service,
                ServiceProcess.start(
                        service.toString(),
                        service.jar(LocalStack.HOME),
                        JVM_OPTIONS,
                        settings,
                        log(service),
                        state.processes()));
    }

    private void awaitReady(Service service) {
        Readiness.await(service.toString(), uri(service), log(service), () -> {
            if (!processes.get(service).isAlive()) {
                throw new Complaint("The " + service + " has ended unexpectedly; its log is " + log(service) + ".");
            }
        });
    }

    private Path log(Service service) {
        return state.log(service.toString());
    }

    private int port(Service service) {
        return ports.getOrDefault(service, 0);
    }

    Keycloak keycloak() {
        return Objects.requireNonNull(keycloak, "the sign-in server is not started yet");
    }

    URI uri(Service service) {
        return URI.create("http://127.0.0.1:" + port(service));
    }

    /** Not under the name of the sign-in server, so that cookies of one are none of the other. */
    URI console() {
        return URI.create("http://localhost:" + port(Service.ALERTS));
    }

    @Override
    public void close() {
        processes.values().stream().map(ServiceProcess::stopping).toList().forEach(Runnable::run);
        if (keycloak != null) {
            keycloak.close();
        }
        platform.close();
        state.close();
    }
}
