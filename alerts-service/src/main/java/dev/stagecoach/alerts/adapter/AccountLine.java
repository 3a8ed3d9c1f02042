package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account in the table of the page.
 *
 * @param now the time as ticks tell it
 */
@TemplateData
record AccountLine(AccountRow row, Optional<Instant> now) {
    private static final int FULL_BAR = 100;

    public String id() {
        return row.id;
    }

    public String name() {
        return row.displayName();
    }

    public String link() {
        return AlertsRunner.accountLink(java.net.URI.create(""), row.id);
    }

    public String stage() {
        return row.stage == null ? "No stage yet" : row.stage;
    }

    /** Chooses the stage's hue. */
    public String stageClass() {
        return row.stage == null ? "none" : row.stage.toLowerCase(Locale.ROOT);
    }

    public @Nullable Instant since() {
        return row.stageSince;
    }

    public String sinceText() {
        return row.stageSince == null ? "" : PageText.date(dateOf(row.stageSince));
    }

    public boolean hasUtilization() {
        return row.utilization != null;
    }

    public String utilizationText() {
        if (row.utilization == null) {
            return "unknown: " + whyUnknown();
        }
        String seats = row.seats == null ? "" : row.seats + " ";
        return PageText.percent(row.utilization) + " of " + seats
                + (row.unlimitedSeats ? "addressable users" : "seats");
    }

    private String whyUnknown() {
        if (row.usageAsOf == null) {
            return "no usage yet";
        }
        return row.seats == null ? "no seats entered" : "no closed month yet";
    }

    /** Of 100; more does not fit. */
    public int utilizationBar() {
        return row.utilization == null ? 0 : Math.min(FULL_BAR, PageText.wholePercent(row.utilization));
    }

    public String usageText() {
        return row.usage == null ? "unknown" : PageText.percent(row.usage);
    }

    public @Nullable LocalDate renewsOn() {
        return row.renewsOn;
    }

    public String renewsText() {
        return row.renewsOn == null ? "not entered" : PageText.date(row.renewsOn);
    }

    public String renewsIn() {
        LocalDate renewsOn = row.renewsOn;
        if (renewsOn == null) {
            return "";
        }
        return now.map(instant -> PageText.days(dateOf(instant), renewsOn)).orElse("");
    }

    private static LocalDate dateOf(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
