package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.policy.Policy;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies that were ever in force. Written before anything is decided. */
@ApplicationScoped
class SqlPolicyVersions {
    private static final Logger LOG = LoggerFactory.getLogger(SqlPolicyVersions.class);

    private static final String LOCK = "lock table policy_version in share row exclusive mode";
    private static final String IN_FORCE = "select version from policy_version where in_force";
    private static final String RETIRE = "update policy_version set in_force = false where in_force";
    private static final String PUT_IN_FORCE = """
            insert into policy_version (version, policy, since, in_force)
            values (?, ?::jsonb, (select max(at) from partition_clock), true)
            on conflict (version) do update set in_force = true
            """;
    private static final String ALL = """
            select policy, since, in_force, version from policy_version order by since desc nulls last, in_force desc, version
            """;
    private static final String FIND = "select policy, since, in_force from policy_version where version = ?";

    private final AgroalDataSource database;
    private final Policy policy;

    SqlPolicyVersions(AgroalDataSource database, Policy policy) {
        this.database = database;
        this.policy = policy;
    }

    /**
     * A policy that was or is in force.
     *
     * @param since the last tick before it first came into force; null when that was before the first tick
     */
    record PolicyVersion(
            String version, String json, @Nullable Instant since, boolean inForce) {}

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) throws SQLException {
        putInForce(policy);
    }

    /**
     * Keeps a policy as the one in force. Whether accounts must be looked at again is seen partition by partition: with replicas of
     * two policies it matters which one decided there last.
     */
    void putInForce(Policy current) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                change(connection, current);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void change(Connection connection, Policy current) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Replicas start together.
            statement.execute(LOCK);
            Optional<String> before = text(statement, IN_FORCE);
            if (before.filter(current.version()::equals).isPresent()) {
                return;
            }
            statement.executeUpdate(RETIRE);
            insert(connection, current);
            LOG.info("policy {} is in force (before: {})", current.version(), before.orElse("none"));
        }
    }

    private static Optional<String> text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private static void insert(Connection connection, Policy current) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(PUT_IN_FORCE)) {
            write.setString(1, current.version());
            write.setString(2, PolicyJson.of(current.defaults(), current.bySegment()));
            write.executeUpdate();
        }
    }

    /** The policy that decides in this process. */
    PolicyVersion inForce() {
        return find(policy.version()).orElseThrow();
    }

    /** The latest first. */
    List<PolicyVersion> all() {
        try (Connection connection = database.getConnection();
                PreparedStatement read = connection.prepareStatement(ALL);
                ResultSet rows = read.executeQuery()) {
            List<PolicyVersion> all = new ArrayList<>();
            while (rows.next()) {
                all.add(policyVersion(rows.getString(4), rows));
            }
            return all;
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }

    Optional<PolicyVersion> find(String version) {
        try (Connection connection = database.getConnection();
                PreparedStatement read = connection.prepareStatement(FIND)) {
            read.setString(1, version);
            try (ResultSet row = read.executeQuery()) {
                return row.next() ? Optional.of(policyVersion(version, row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }

    private static PolicyVersion policyVersion(String version, ResultSet row) throws SQLException {
        OffsetDateTime since = row.getObject(2, OffsetDateTime.class);
        return new PolicyVersion(
                version, row.getString(1), since == null ? null : since.toInstant(), row.getBoolean(3));
    }
}
