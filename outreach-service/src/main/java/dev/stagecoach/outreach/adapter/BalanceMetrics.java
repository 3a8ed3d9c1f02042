package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.delivery.DeliveryState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The ledger in numbers, read when somebody asks and not more than every few seconds. */
@Singleton
class BalanceMetrics {
    private static final Duration FRESH_FOR = Duration.ofSeconds(5);

    private final DataSource database;
    private final Campaigns campaigns;
    private Balance last = Balance.NONE;
    private volatile Map<String, Balance> lastByCampaign = Map.of();
    private long readAt;
    private boolean looked;
    private Jdbc.@Nullable Failed failure;

    BalanceMetrics(DataSource database, Campaigns campaigns) {
        this.campaigns = campaigns;
        this.database = database;
    }

    @Produces
    @Singleton
    MeterBinder binder() {
        return this::bindTo;
    }

    private void bindTo(MeterRegistry registry) {
        for (DeliveryState state : DeliveryState.values()) {
            Gauge.builder("stagecoach.outreach.deliveries", () -> balance().of(state))
                    .description("Mails in the ledger by state")
                    .tag("state", state.wireName())
                    .register(registry);
        }
        for (Campaign campaign : campaigns.all()) {
            for (DeliveryState state : DeliveryState.values()) {
                Gauge.builder(
                                "stagecoach.outreach.campaign.deliveries",
                                () -> balance(campaign.id()).of(state))
                        .description("Mails in the ledger by campaign and state")
                        .tag("campaign", campaign.id())
                        .tag("state", state.wireName())
                        .register(registry);
            }
            Gauge.builder(
                            "stagecoach.outreach.campaign.missing",
                            () -> balance(campaign.id()).missing())
                    .description(
                            "Mails of a campaign decided on that the ledger does not have: 0, or something went wrong")
                    .tag("campaign", campaign.id())
                    .register(registry);
        }
        Gauge.builder("stagecoach.outreach.eligible", () -> balance().eligible())
                .description("Mails that were decided on: the sum of all states")
                .register(registry);
        Gauge.builder("stagecoach.outreach.balance.missing", () -> balance().missing())
                .description("Mails decided on that the ledger does not have: 0, or something went wrong")
                .register(registry);
    }

    private Balance balance(String campaign) {
        balance();
        return lastByCampaign.getOrDefault(campaign, Balance.NONE);
    }

    private synchronized Balance balance() {
        if (!looked || System.nanoTime() - readAt > FRESH_FOR.toNanos()) {
            read();
        }
        if (failure != null) {
            throw failure;
        }
        return last;
    }

    /** A database that is away is not asked anew by each gauge: one of them may wait for its answer, and not a hundred. */
    private void read() {
        try {
            lastByCampaign = Balance.byCampaign(database);
            last = Balance.sum(lastByCampaign.values());
            failure = null;
        } catch (Jdbc.Failed e) {
            failure = e;
        }
        readAt = System.nanoTime();
        looked = true;
    }
}
