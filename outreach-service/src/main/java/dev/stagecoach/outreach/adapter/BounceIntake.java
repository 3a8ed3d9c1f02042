package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.OutreachConfig;
import dev.stagecoach.outreach.ReceiveBounce;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Reads the mailbox that reports come to, where one is configured. */
@ApplicationScoped
class BounceIntake {
    private final OutreachConfig.Imap config;
    private final ReceiveBounce receiveBounce;
    private volatile @Nullable ImapBounces mailbox;

    BounceIntake(OutreachConfig config, ReceiveBounce receiveBounce) {
        this.config = config.bounces().imap();
        this.receiveBounce = receiveBounce;
    }

    void start(@Observes StartupEvent event, MeterRegistry meters) {
        Gauge.builder("stagecoach.outreach.bounce.mailbox.trouble", () -> isReadable() ? 0 : 1)
                .description("1 while the mailbox that reports come to cannot be read; 0 where there is none, too")
                .register(meters);
        config.host().ifPresent(host -> {
            ImapBounces opened = new ImapBounces(
                    new ImapBounces.Account(
                            host,
                            config.port(),
                            config.tls(),
                            config.username().orElse(""),
                            config.password().orElse(""),
                            config.folder(),
                            config.every()),
                    receiveBounce);
            opened.start();
            mailbox = opened;
        });
    }

    private boolean isReadable() {
        ImapBounces opened = mailbox;
        return opened == null || opened.isReadable();
    }

    void stop(@Observes ShutdownEvent event) {
        ImapBounces opened = mailbox;
        if (opened != null) {
            opened.close();
        }
    }
}
