package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Feature;
import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.adapter.AccountPage.Month;
import dev.stagecoach.alerts.adapter.AccountPage.Usage;
import dev.stagecoach.alerts.journey.Figures;
import dev.stagecoach.alerts.journey.Limits;
import dev.stagecoach.events.Milestone.FeatureFirstUsed;
import dev.stagecoach.events.UsageRecap.FeatureUse;
import java.net.URI;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of the page that are about usage. */
final class UsageParts {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
    private static final String UNKNOWN = "unknown";

    private UsageParts() {}

    static Usage usage(String id, Optional<JdbcUsage.Day> last, List<JdbcUsage.Month> months, Limits limits) {
        List<Month> shown = new ArrayList<>(months.stream()
                .map(month -> month(month, last.map(JdbcUsage.Day::figures).orElse(Figures.UNKNOWN)))
                .toList());
        Collections.reverse(shown);
        return new Usage(
                last.isPresent() || !months.isEmpty(),
                last.map(day -> new Moment(day.asOf())).orElse(null),
                last.map(day -> summary(day, limits)).orElse(""),
                AlertsRunner.accountLink(URI.create(""), id) + "/series.json",
                shown);
    }

    private static String summary(JdbcUsage.Day day, Limits limits) {
        Figures figures = day.figures();
        String month = day.month() == null ? "last closed month" : MONTH.format(day.month());
        String users = figures.mau() == null
                ? "Monthly users unknown: no closed month is known yet"
                : figures.mau() + " monthly users in " + month;
        String seats = figures.utilization() == null
                ? ""
                : ", " + PageText.percent(figures.utilization()) + " of " + figures.seats() + " seats"
                        + target(limits.utilization());
        String daily = figures.usage() == null
                ? ""
                : "; " + PageText.percent(figures.usage()) + " of them on a mean day of the last 28"
                        + target(limits.usage());
        return users + seats + daily + ".";
    }

    private static String target(Optional<Double> target) {
        return target.map(fraction -> " (target " + PageText.percent(fraction) + ")")
                .orElse("");
    }

    /** Seats are those of today: recaps do not carry any. */
    private static Month month(JdbcUsage.Month month, Figures today) {
        Integer mau = month.mau();
        Double mean = month.dauMean();
        Integer seats = today.seats();
        return new Month(
                MONTH.format(month.month()),
                text(mau),
                text(seats),
                mau == null || seats == null || seats == 0 ? UNKNOWN : PageText.percent((double) mau / seats),
                mean == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f", mean),
                mau == null || mau == 0 || mean == null ? UNKNOWN : PageText.percent(mean / mau),
                month.change() == null
                        ? UNKNOWN
                        : String.format(Locale.ROOT, "%+d %%", Math.round(month.change() * 100)));
    }

    private static String text(@Nullable Integer number) {
        return number == null ? UNKNOWN : number.toString();
    }

    /** Newest first. */
    static List<Feature> features(List<JdbcTimeline.Line> lines, List<JdbcUsage.Month> months) {
        Map<String, String> lastUses = new HashMap<>();
        for (JdbcUsage.Month month : months) {
            for (FeatureUse use : month.features()) {
                lastUses.put(use.feature(), use.uses() + " times in " + MONTH.format(month.month()));
            }
        }
        return lines.stream()
                .map(line -> feature(line, line.dataAs(FeatureFirstUsed.class).feature(), lastUses))
                .toList();
    }

    private static Feature feature(JdbcTimeline.Line line, String name, Map<String, String> lastUses) {
        return new Feature(name, new Moment(line.at()), line.id(), lastUses.getOrDefault(name, ""));
    }
}
