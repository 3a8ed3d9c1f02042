package dev.stagecoach.local;

import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.StageChanged;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** What the user sees: lines, and below them a progress bar where there is a terminal to draw it on. */
final class Terminal {

    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final int BAR_WIDTH = 100;
    private static final int BAR_UPDATE_MILLIS = 200;

    private final PrintStream out;
    private final boolean interactive;
    private @Nullable ProgressBar bar;

    /** @param interactive whether a bar can be drawn */
    Terminal(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    synchronized void line(String text) {
        if (bar != null) {
            out.print(CLEAR_LINE);
        }
        out.println(text);
        out.flush();
    }

    /** One line for what people want to see pass by: stages, mails, alerts. */
    void tell(Event<?> event) {
        describe(event).ifPresent(this::line);
    }

    private static Optional<String> describe(Event<?> event) {
        if (event.data() instanceof StageChanged change) {
            var from = change.from() == null ? "" : change.from().wireName() + " → ";
            var to = change.to() == null ? "no stage" : change.to().wireName();
            return Optional.of(told(
                    change.at(),
                    "stage",
                    change.account(),
                    from + to + " (" + change.reason().clause() + ")"));
        }
        if (event.type() == EventType.MESSAGE_SENT && event.data() instanceof MessageOutcome mail) {
            return Optional.of(told(
                    mail.at(), "mail", mail.account(), mail.campaign() + " " + mail.step() + " to " + mail.contact()));
        }
        // The change of stage has been told already.
        if (event.data() instanceof AlertRaised alert && !alert.kind().equals("stage-changed")) {
            return Optional.of(told(alert.at(), "alert", alert.account(), alert.title()));
        }
        return Optional.empty();
    }

    private static String told(Instant at, String what, String account, String text) {
        return "%s  %-5s  %-20s %s".formatted(LocalDate.ofInstant(at, ZoneOffset.UTC), what, account, text);
    }

    /** Begins to show how many days have passed. */
    synchronized void beginProgress(LocalDate first, LocalDate last) {
        if (interactive) {
            bar = new ProgressBarBuilder()
                    .setTaskName("Time-lapse")
                    .setUnit(" days", 1)
                    .setInitialMax(last.toEpochDay() - first.toEpochDay() + 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setMaxRenderedLength(BAR_WIDTH)
                    .setUpdateIntervalMillis(BAR_UPDATE_MILLIS)
                    .setConsumer(new ConsoleProgressBarConsumer(out))
                    .build();
        }
    }

    synchronized void progress(LocalDate day) {
        if (bar != null) {
            bar.setExtraMessage(day.toString());
            bar.step();
        } else if (day.equals(YearMonth.from(day).atEndOfMonth())) {
            line("%s  ----   %s is over".formatted(day, YearMonth.from(day)));
        }
    }

    synchronized void endProgress() {
        if (bar != null) {
            bar.close();
            bar = null;
            out.print(CLEAR_LINE);
        }
    }

    static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
