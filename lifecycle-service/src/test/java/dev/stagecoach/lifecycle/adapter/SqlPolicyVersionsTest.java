package dev.stagecoach.lifecycle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.lifecycle.Fixtures;
import dev.stagecoach.lifecycle.adapter.SqlPolicyVersions.PolicyVersion;
import dev.stagecoach.lifecycle.policy.MilestonePolicy;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import dev.stagecoach.testing.StagecoachPlatform;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class SqlPolicyVersionsTest {
    private static final Policy OLD = policy("old", 7);
    private static final Policy NEW = policy("new", 14);

    @Inject
    AgroalDataSource database;

    @Inject
    SqlPolicyVersions versions;

    @Inject
    Policy running;

    @AfterEach
    void asBefore() throws SQLException {
        versions.putInForce(running);
        execute("delete from policy_version where version in ('old', 'new')");
    }

    @Test
    void aPolicyIsKeptWhenAnotherTakesItsPlace() throws SQLException {
        // When
        versions.putInForce(OLD);
        versions.putInForce(NEW);

        // Then
        assertThat(versions.find("old")).hasValueSatisfying(old -> {
            assertThat(old.inForce()).isFalse();
            assertThat(old.json()).contains("\"firstUseHorizonDays\": 7");
        });
        assertThat(versions.find("new")).map(PolicyVersion::inForce).contains(true);
        assertThat(versions.find("never")).isEmpty();
    }

    @Test
    void aPolicyThatComesBackIsTheSame() throws SQLException {
        // Given
        versions.putInForce(OLD);
        Instant since = versions.find("old").orElseThrow().since();

        // When
        versions.putInForce(NEW);
        versions.putInForce(OLD);

        // Then
        assertThat(versions.find("old").orElseThrow()).satisfies(old -> {
            assertThat(old.inForce()).isTrue();
            assertThat(old.since()).isEqualTo(since);
        });
        assertThat(versions.find("new")).map(PolicyVersion::inForce).contains(false);
    }

    private static Policy policy(String version, int firstUseHorizonDays) {
        return new Policy(
                version,
                new Rules(
                        Fixtures.STAGES, Fixtures.USAGE, new MilestonePolicy(firstUseHorizonDays, 500), Fixtures.PULSE),
                Map.of());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
