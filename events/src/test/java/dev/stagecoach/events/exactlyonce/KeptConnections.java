package dev.stagecoach.events.exactlyonce;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Keeps a connection for each thread, as a pool would. */
final class KeptConnections implements AutoCloseable {
    private final DataSource database;
    private final Map<Thread, Connection> kept = new ConcurrentHashMap<>();

    KeptConnections(DataSource database) {
        this.database = database;
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> notClosing(kept.computeIfAbsent(Thread.currentThread(), this::open)));
    }

    private Connection open(Thread thread) {
        try {
            return database.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(thread.getName(), e);
        }
    }

    private static Connection notClosing(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        connection.setAutoCommit(true);
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : kept.values()) {
            connection.close();
        }
    }
}
