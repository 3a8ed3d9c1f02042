package dev.stagecoach.events.exactlyonce;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Stands still, once asked to, when a consumer is about to begin a transaction: a long pause of the process at that point. */
final class PausingDatabase implements DataSource {
    private final DataSource database;
    private final CountDownLatch wakeUp;
    private final AtomicBoolean asleep;

    /**
     * @param asleep set by the test; reset when the pause has begun
     */
    PausingDatabase(Workplace workplace, CountDownLatch wakeUp, AtomicBoolean asleep) {
        this.database = workplace.database();
        this.wakeUp = wakeUp;
        this.asleep = asleep;
    }

    @Override
    public Connection getConnection() throws SQLException {
        boolean consumer = Thread.currentThread().getName().startsWith("exactly-once");
        if (consumer && asleep.compareAndSet(true, false)) {
            ExactlyOnceConsumerTest.waitFor(wakeUp);
        }
        return database.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return database.getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
