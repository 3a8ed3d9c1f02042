package dev.stagecoach.testing;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.SharedPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} the real Kafka (with all topics), PostgreSQL and mail server, and the service's
 * configuration to reach them:
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(
 *         value = StagecoachPlatform.class,
 *         initArgs = {
 *             @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
 *             @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
 *         })
 * class LifecycleServiceTest {
 *
 *     @InjectPlatform
 *     Platform platform;
 * }
 * }</pre>
 *
 * <p>The parts are started once per JVM. Each application that Quarkus starts, that is, each test profile, finds the
 * topics and its database empty and no mail received.
 *
 * <p>A service that has a database takes {@link SignedToken}s.
 *
 * <p>The service's own configuration must say {@code quarkus.devservices.enabled=false}, which is read too early to be
 * given from here.
 */
public final class StagecoachPlatform implements QuarkusTestResourceLifecycleManager {

    /** Init argument: which parts, separated by commas, of {@code kafka,postgres,mail}. Default: all. */
    public static final String PARTS = "parts";

    /** Init argument: the name of the database, which is created empty. Default: {@code stagecoach}. */
    public static final String DATABASE = "database";

    /** Init argument: partitions of each topic. Default: 3, for a quick start. */
    public static final String PARTITIONS = "partitions";

    private Set<Part> parts = Set.of(Part.values());
    private String database = "stagecoach";
    private int partitions = 3;
    private @Nullable Platform platform;

    @Override
    public void init(Map<String, String> arguments) {
        parts = Arrays.stream(
                        arguments.getOrDefault(PARTS, "kafka,postgres,mail").split(",", -1))
                .map(part -> Part.valueOf(part.strip().toUpperCase(Locale.ROOT)))
                .collect(toUnmodifiableSet());
        database = arguments.getOrDefault(DATABASE, database);
        partitions = Integer.parseInt(arguments.getOrDefault(PARTITIONS, Integer.toString(partitions)));
    }

    @Override
    public Map<String, String> start() {
        var shared = SharedPlatform.with(parts);
        platform = shared;
        var cleanSlate = new CleanSlate(shared);
        if (parts.contains(Part.KAFKA)) {
            cleanSlate.topics(partitions);
        }
        if (parts.contains(Part.POSTGRES)) {
            cleanSlate.database(database);
        }
        if (parts.contains(Part.MAIL)) {
            cleanSlate.mails();
        }
        return configuration(shared);
    }

    private Map<String, String> configuration(Platform running) {
        var configuration = new HashMap<String, String>();
        if (parts.contains(Part.KAFKA)) {
            configuration.put("kafka.bootstrap.servers", running.bootstrapServers());
        }
        if (parts.contains(Part.POSTGRES)) {
            configuration.put("quarkus.datasource.jdbc.url", running.jdbcUrl(database));
            configuration.put("quarkus.datasource.username", running.databaseUser());
            configuration.put("quarkus.datasource.password", running.databasePassword());
            // Who has a database has an API that people and programs sign in to.
            configuration.put("quarkus.oidc.public-key", SignedToken.publicKey());
            configuration.put("quarkus.oidc.token.issuer", SignedToken.ISSUER);
        }
        if (parts.contains(Part.MAIL)) {
            configuration.put("quarkus.mailer.host", "127.0.0.1");
            configuration.put("quarkus.mailer.port", Integer.toString(running.smtpPort()));
            // Tests get a mock otherwise.
            configuration.put("quarkus.mailer.mock", "false");
        }
        return configuration;
    }

    @Override
    public void inject(TestInjector injector) {
        if (platform != null) {
            injector.injectIntoFields(
                    platform, new TestInjector.AnnotatedAndMatchesType(InjectPlatform.class, Platform.class));
        }
    }

    /** The next application of this JVM uses the same platform, if it is able to. */
    @Override
    public void stop() {
        if (!PlatformSession.isPlatformLoadedOnce()) {
            SharedPlatform.close();
        }
    }
}
