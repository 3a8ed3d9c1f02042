package dev.stagecoach.lifecycle.adapter;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many accounts cannot be looked at, and what time it is: read when somebody asks, of the whole service. */
@Singleton
class AccountMetrics {
    private static final String PUT_OFF = "select count(*) from journey where problem is not null";

    private static final String LAST_TICK = "select extract(epoch from max(at)) from partition_clock";

    private final AgroalDataSource database;

    AccountMetrics(AgroalDataSource database) {
        this.database = database;
    }

    @Produces
    @Singleton
    MeterBinder binder() {
        return this::bindTo;
    }

    private void bindTo(MeterRegistry registry) {
        Gauge.builder("stagecoach.lifecycle.accounts.put.off", this::putOff)
                .description("Accounts whose last look failed: they stand as they did, and are looked at a day later")
                .register(registry);
        Gauge.builder("stagecoach.lifecycle.last.tick.timestamp", this::lastTick)
                .baseUnit("seconds")
                .description("What time the last tick said that it is, in seconds since 1970; NaN before the first")
                .register(registry);
    }

    long putOff() {
        return Math.round(number(PUT_OFF));
    }

    private double lastTick() {
        return number(LAST_TICK);
    }

    /** A failure to read is not zero: the registry makes it NaN, and logs it. */
    private double number(String query) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            double number = row.getDouble(1);
            return row.wasNull() ? Double.NaN : number;
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }
}
