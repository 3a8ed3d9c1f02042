package dev.stagecoach.alerts.adapter;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts that something was done with, as they are then. PostgreSQL tells every replica, so that whoever is connected to
 * whichever replica sees what anybody does.
 */
@ApplicationScoped
class LiveActs {
    private static final Logger LOG = LoggerFactory.getLogger(LiveActs.class);
    private static final int WAIT_MILLIS = 500;
    private static final long PAUSE_MILLIS = 1_000;
    /** What was recorded so long before the connection broke may not have been told. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final String MISSED =
            "select distinct alert from alert_act where recorded_at > clock_timestamp() - make_interval(secs => ?)";

    private final DataSource database;
    private final JpaAlertLog log;
    private final BroadcastProcessor<StoredAlert> live = BroadcastProcessor.create();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "alert-acts");

    LiveActs(DataSource database, JpaAlertLog log) {
        this.database = database;
        this.log = log;
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        closing.set(true);
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on. A reader that cannot keep up misses some, and sees the rest when it looks again. */
    Multi<StoredAlert> of(AlertFilter filter) {
        return live.onOverflow().drop().filter(filter::accepts);
    }

    private void run() {
        long listenedAt = System.nanoTime();
        while (!closing.get()) {
            try (Connection connection = database.getConnection()) {
                listen(connection);
                tell(missed(connection, Duration.ofNanos(System.nanoTime() - listenedAt)));
                while (!closing.get()) {
                    listenedAt = System.nanoTime();
                    tell(next(connection));
                }
                return;
            } catch (SQLException | RuntimeException e) {
                if (!closing.get()) {
                    LOG.warn("acts on alerts are not told until this succeeds again: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private static void listen(Connection connection) throws SQLException {
        try (Statement listen = connection.createStatement()) {
            listen.execute("listen " + JdbcHandlings.CHANNEL);
        }
    }

    private static Set<String> missed(Connection connection, Duration since) throws SQLException {
        Set<String> alerts = new LinkedHashSet<>();
        try (PreparedStatement select = connection.prepareStatement(MISSED)) {
            select.setDouble(1, since.plus(OVERLAP).toMillis() / 1000.0);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    alerts.add(rows.getString("alert"));
                }
            }
        }
        return alerts;
    }

    private static Set<String> next(Connection connection) throws SQLException {
        Set<String> alerts = new LinkedHashSet<>();
        for (PGNotification told : connection.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS)) {
            alerts.add(told.getParameter());
        }
        return alerts;
    }

    private void tell(Set<String> alerts) {
        for (String alert : alerts) {
            log.alert(alert).ifPresent(live::onNext);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
