package dev.stagecoach.testing;

import dev.stagecoach.events.Topics;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.TopicLeaders;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Makes a platform look new to the next application. */
final class CleanSlate {

    private static final short ONE_NODE = 1;

    private final Platform platform;

    CleanSlate(Platform platform) {
        this.platform = platform;
    }

    /** All topics of the contract, empty, and none else. */
    void topics(int partitions) {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers());
        try (var admin = Admin.create(settings)) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            admin.createTopics(Topics.inMadeUpTime(partitions, ONE_NODE)).all().get();
            TopicLeaders.await(platform.bootstrapServers(), Topics.names());
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics not created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database of this name, empty. Whoever is still connected to the old one is disconnected. */
    void database(String name) {
        var maintenance = platform.jdbcUrl("postgres");
        try (var connection =
                        DriverManager.getConnection(maintenance, platform.databaseUser(), platform.databasePassword());
                var statement = connection.createStatement()) {
            var identifier = statement.enquoteIdentifier(name, true);
            statement.execute("drop database if exists " + identifier + " with (force)");
            statement.execute("create database " + identifier);
        } catch (SQLException e) {
            throw new IllegalStateException("database not created", e);
        }
    }

    void mails() {
        platform.mailbox().clear();
    }
}
