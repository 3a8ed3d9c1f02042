package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Mailbox;
import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.Mail;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Another mailbox, and what it made of the mails of this process, with how long that took. */
final class MeasuredMailbox implements Mailbox {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final Mailbox mailbox;
    private final Map<Class<? extends Handover>, Timer> timers = new HashMap<>();

    MeasuredMailbox(Mailbox mailbox, MeterRegistry registry) {
        this.mailbox = mailbox;
        for (Class<? extends Handover> outcome : List.of(
                Handover.Accepted.class,
                Handover.Refused.class,
                Handover.Postponed.class,
                Handover.Unreachable.class,
                Handover.Withheld.class,
                Handover.Doubtful.class)) {
            timers.put(outcome, timer(registry, outcome));
        }
    }

    private static Timer timer(MeterRegistry registry, Class<? extends Handover> outcome) {
        return Timer.builder("stagecoach.outreach.handovers")
                .description("Attempts to hand a mail over: what the mail server made of it, and how long that took")
                .tag("outcome", outcome.getSimpleName().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public Handover send(Mail mail, BooleanSupplier mayHandOver) {
        long began = System.nanoTime();
        Handover handover = mailbox.send(mail, mayHandOver);
        Objects.requireNonNull(timers.get(handover.getClass())).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        return handover;
    }
}
