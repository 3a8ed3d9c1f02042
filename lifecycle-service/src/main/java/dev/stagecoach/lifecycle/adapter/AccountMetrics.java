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

/** How many accounts cannot be looked at: counted when somebody asks, of the whole service. */
@Singleton
class AccountMetrics {
    private static final String PUT_OFF = "select count(*) from journey where problem is not null";

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
    }

    /** A failure to count is not zero: the registry makes it NaN, and logs it. */
    long putOff() {
        try (Connection connection = database.getConnection();
                Statement count = connection.createStatement();
                ResultSet row = count.executeQuery(PUT_OFF)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }
}
