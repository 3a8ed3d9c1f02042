package dev.stagecoach.alerts.adapter;

import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The real parts, and stand-ins for Slack, for a program with a webhook and for the other services. One resource: Quarkus starts several of them on threads of another class loader. */
public final class PlatformWithSlack implements QuarkusTestResourceLifecycleManager {
    /** Told of churn. */
    static final ReceiverStandIn RECEIVER = new ReceiverStandIn();

    private final StagecoachPlatform platform = new StagecoachPlatform();

    @Override
    public void init(Map<String, String> arguments) {
        platform.init(Map.of(StagecoachPlatform.PARTS, "kafka,postgres", StagecoachPlatform.DATABASE, "alerts"));
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> configuration = new HashMap<>(platform.start());
        configuration.putAll(SlackStandIn.start());
        configuration.putAll(PeerStandIn.start());
        configuration.put("stagecoach.alerts.webhooks.allow-http", "true");
        configuration.put("stagecoach.alerts.webhooks.allow-private", "127.0.0.0/8");
        configuration.put(
                "stagecoach.alerts.webhooks.endpoints.crm.url",
                RECEIVER.address().toString());
        configuration.put("stagecoach.alerts.webhooks.endpoints.crm.secrets", ReceiverStandIn.SECRET);
        configuration.put("stagecoach.alerts.webhooks.endpoints.crm.kinds", "churn");
        return configuration;
    }

    @Override
    public void inject(TestInjector injector) {
        platform.inject(injector);
    }

    @Override
    public void stop() {
        SlackStandIn.goDown();
        PeerStandIn.goDown();
        RECEIVER.close();
        platform.stop();
    }
}
