package dev.stagecoach.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Topics;
import dev.stagecoach.platform.Platform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class StagecoachPlatformTest {

    @InjectPlatform
    Platform platform;

    Platform notMarked;

    @Test
    void aServiceIsToldWhereToFindTheRealParts() {
        // Given
        var resource = resource("kafka, postgres, mail");

        // When
        var configuration = resource.start();

        // Then
        resource.inject(new FieldInjector(this));
        assertThat(notMarked).isNull();
        assertThat(configuration)
                .containsEntry("kafka.bootstrap.servers", platform.bootstrapServers())
                .containsEntry("quarkus.datasource.jdbc.url", platform.jdbcUrl("lifecycle"))
                .containsEntry("quarkus.datasource.username", platform.databaseUser())
                .containsEntry("quarkus.datasource.password", platform.databasePassword())
                .containsEntry("quarkus.mailer.host", "127.0.0.1")
                .containsEntry("quarkus.mailer.port", Integer.toString(platform.smtpPort()))
                .containsEntry("quarkus.mailer.mock", "false");
    }

    @Test
    void onlyWhatIsAskedForIsConfigured() {
        // When
        var configuration = resource("kafka").start();

        // Then
        assertThat(configuration).containsOnlyKeys("kafka.bootstrap.servers");
    }

    @Test
    void theNextApplicationFindsTheSamePlatformWithACleanSlate() throws Exception {
        // Given
        var first = resource("kafka,postgres").start();
        try (var connection = connect(first);
                var statement = connection.createStatement()) {
            statement.execute("create table left_over (id int)");

            // When
            var second = resource("kafka,postgres").start();

            // Then
            assertThat(second).isEqualTo(first);
            try (var again = connect(second);
                    var tables = again.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"});
                    var admin = Admin.create(Map.of("bootstrap.servers", second.get("kafka.bootstrap.servers")))) {
                assertThat(tables.next()).isFalse();
                assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrderElementsOf(Topics.names());
            }
        }
    }

    private static StagecoachPlatform resource(String parts) {
        var resource = new StagecoachPlatform();
        resource.init(Map.of(StagecoachPlatform.PARTS, parts, StagecoachPlatform.DATABASE, "lifecycle"));
        return resource;
    }

    private static Connection connect(Map<String, String> configuration) throws SQLException {
        return DriverManager.getConnection(
                configuration.get("quarkus.datasource.jdbc.url"),
                configuration.get("quarkus.datasource.username"),
                configuration.get("quarkus.datasource.password"));
    }

    /** Does what Quarkus does. */
    private record FieldInjector(Object test) implements TestInjector {

        @Override
        public void injectIntoFields(Object value, Predicate<Field> wanted) {
            for (var field : test.getClass().getDeclaredFields()) {
                if (wanted.test(field)) {
                    try {
                        field.set(test, value);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }
}
