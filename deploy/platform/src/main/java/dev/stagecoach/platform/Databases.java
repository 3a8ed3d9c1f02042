package dev.stagecoach.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.util.PSQLState;

/** The databases of one server, each created when it is first asked for. */
final class Databases {

    static final String USER = "postgres";
    static final String PASSWORD = "postgres";

    /** PostgreSQL's class 42P04, which the driver's {@link PSQLState} does not name. */
    private static final String DUPLICATE_DATABASE = "42P04";

    private final String address;
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    Databases(String address) {
        this.address = address;
    }

    /**
     * Where to connect to the database of this name.
     *
     * @throws PlatformException if the server does not answer or does not take the name
     */
    String jdbcUrl(String database) {
        if (present.add(database)) {
            create(database);
        }
        return url(database);
    }

    private void create(String database) {
        try (var connection = DriverManager.getConnection(url("postgres"), USER, PASSWORD)) {
            if (!exists(connection, database)) {
                createUnlessSomeoneWasFaster(connection, database);
            }
        } catch (SQLException e) {
            present.remove(database);
            throw new PlatformException("Database " + database + " could not be created: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (var query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, database);
            try (var found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    private static void createUnlessSomeoneWasFaster(Connection connection, String database) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create database " + statement.enquoteIdentifier(database, true));
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())
                    && !PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://" + address + "/" + database;
    }
}
