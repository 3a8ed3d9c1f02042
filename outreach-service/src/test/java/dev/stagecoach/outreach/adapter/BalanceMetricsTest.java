package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.outreach.campaign.Campaigns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class BalanceMetricsTest {
    /** Each question may last for as long as nobody answers. */
    private static final class Away extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            throw new SQLException("nobody answers", "08001");
        }
    }

    @Test
    void aDatabaseThatIsAwayIsAskedOnceAndNothingIsKnown() {
        Away database = new Away();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new BalanceMetrics(database, new Campaigns(List.of())).binder().bindTo(registry);

        List<Double> values = registry.getMeters().stream()
                .map(meter -> ((Gauge) meter).value())
                .toList();

        assertThat(values).hasSizeGreaterThan(7).allMatch(value -> value.isNaN());
        assertThat(database.asked).hasValue(1);
    }
}
