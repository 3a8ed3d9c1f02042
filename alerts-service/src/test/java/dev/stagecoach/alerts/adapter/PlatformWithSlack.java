package dev.stagecoach.alerts.adapter;

import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The real parts and a stand-in for Slack. One resource: Quarkus starts several of them on threads of another class loader. */
public final class PlatformWithSlack implements QuarkusTestResourceLifecycleManager {
    private final StagecoachPlatform platform = new StagecoachPlatform();

    @Override
    public void init(Map<String, String> arguments) {
        platform.init(Map.of(StagecoachPlatform.PARTS, "kafka,postgres", StagecoachPlatform.DATABASE, "alerts"));
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> configuration = new HashMap<>(platform.start());
        configuration.putAll(SlackStandIn.start());
        return configuration;
    }

    @Override
    public void inject(TestInjector injector) {
        platform.inject(injector);
    }

    @Override
    public void stop() {
        SlackStandIn.goDown();
        platform.stop();
    }
}
