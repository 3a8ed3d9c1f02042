package dev.stagecoach.lifecycle.health;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.stagecoach.events.Signal;
import dev.stagecoach.events.Signals;
import dev.stagecoach.lifecycle.health.Reading.Known;
import dev.stagecoach.lifecycle.health.Reading.Unknown;
import dev.stagecoach.lifecycle.policy.HealthPolicy;
import dev.stagecoach.lifecycle.policy.HealthPolicy.ValidDays;
import dev.stagecoach.lifecycle.policy.Measure;
import dev.stagecoach.lifecycle.usage.Ratio;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the measures of health off figures, signals and versions, on a day. What nobody told, or told too long ago, is unknown. */
final class ReadMeasures {
    private final HealthPolicy policy;
    private final Signals signals;
    private final UsageFigures figures;
    private final Collection<String> versions;
    private final LocalDate today;

    /**
     * Reads for a day.
     *
     * @param versions what the production instances run that still ping
     */
    ReadMeasures(
            HealthPolicy policy, Signals signals, UsageFigures figures, Collection<String> versions, LocalDate today) {
        this.policy = policy;
        this.signals = signals;
        this.figures = figures;
        this.versions = versions;
        this.today = today;
    }

    Reading of(Measure measure) {
        ValidDays valid = policy.validDays();
        return switch (measure) {
            case MAU_PER_SEAT -> ratio(figures.utilization());
            case DAU_PER_MAU -> ratio(figures.usage());
            case VERSIONS_BEHIND -> versionsBehind();
            case DEFECT_TICKETS -> told(signals.defectTickets90Days(), valid.defectTickets90Days(), count -> count);
            case HELP_TICKETS -> told(signals.helpTickets90Days(), valid.helpTickets90Days(), count -> count);
            case DAYS_SINCE_LAST_CONTACT ->
                told(signals.lastContactOn(), valid.lastContactOn(), day -> (int) DAYS.between(day, today));
            case CHAMPION_ACTIVE -> told(signals.championActive(), valid.championActive(), yes -> yes);
            case BUYER_ACCESS -> told(signals.buyerAccess(), valid.buyerAccess(), yes -> yes);
            case PULSE -> told(signals.pulse(), valid.pulse(), rating -> rating.wireName());
        };
    }

    private static Reading ratio(Ratio ratio) {
        return ratio instanceof Ratio.Known known
                ? new Known(known.value())
                : new Unknown(((Ratio.Unknown) ratio).why());
    }

    private <T> Reading told(@Nullable Signal<T> signal, int validDays, Function<T, Object> value) {
        if (signal == null) {
            return new Unknown("nobody has told it");
        }
        if (today.isAfter(signal.asOf().plusDays(validDays))) {
            return new Unknown("told on " + signal.asOf() + ", more than " + validDays + " days ago");
        }
        return new Known(value.apply(signal.value()));
    }

    /** An instance that says nothing we know is no reason to call the account up to date, nor behind. */
    private Reading versionsBehind() {
        if (policy.releases().isEmpty()) {
            return new Unknown("the policy lists no releases");
        }
        if (versions.isEmpty()) {
            return new Unknown("no production instance has told its version lately");
        }
        List<Integer> behind = versions.stream()
                .map(this::releasesAfter)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .toList();
        return behind.stream()
                .max(Integer::compare)
                .<Reading>map(Known::new)
                .orElseGet(() -> new Unknown("the policy lists no release "
                        + String.join(
                                ", ", versions.stream().sorted().distinct().toList())));
    }

    private OptionalInt releasesAfter(String version) {
        List<String> releases = policy.releases();
        String plain = version.startsWith("v") ? version.substring(1) : version;
        return closest(plain)
                .map(release -> OptionalInt.of(releases.size() - 1 - releases.indexOf(release)))
                .orElseGet(OptionalInt::empty);
    }

    /** The longest listed version that this one is or begins with, whole numbers only: {@code 5.3.1} is a {@code 5.3}. */
    private Optional<String> closest(String version) {
        return policy.releases().stream()
                .filter(release -> version.equals(release)
                        || version.startsWith(release + ".")
                        || version.startsWith(release + "-")
                        || version.startsWith(release + "+"))
                .max((a, b) -> Integer.compare(a.length(), b.length()));
    }

    /** The day from which on a signal is too old; empty when there is none. */
    static Optional<LocalDate> unknownFrom(@Nullable Signal<?> signal, int validDays) {
        return Optional.ofNullable(signal)
                .map(told -> Objects.requireNonNull(told).asOf().plusDays(validDays + 1L));
    }
}
