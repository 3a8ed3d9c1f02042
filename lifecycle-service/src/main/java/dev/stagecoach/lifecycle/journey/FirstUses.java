package dev.stagecoach.lifecycle.journey;

import dev.stagecoach.events.UsagePing;
import dev.stagecoach.lifecycle.usage.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which features an account has used, and what showed it first. What the first ping of an instance reports was in use before we
 * heard of it: it is the baseline and no news.
 */
public final class FirstUses {
    private final Map<String, Seen> features = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();
    private final Set<String> untold = new TreeSet<>();
    private int news;

    /**
     * A feature that is in use.
     *
     * @param baselineOf the instance whose first ping reported it already; null when it was news
     * @param told whether it was decided on, or is no news
     */
    public record Seen(FirstUse use, @Nullable String baselineOf, boolean told) {}

    /** Takes back a feature as it is kept. */
    public void recall(Seen seen) {
        String feature = seen.use().feature();
        features.put(feature, seen);
        if (!seen.told()) {
            untold.add(feature);
        } else if (seen.baselineOf() == null) {
            news++;
        }
    }

    /** Notes a use by an event; whether it is the first. */
    public boolean used(String feature, Instant at, Cause cause) {
        if (features.containsKey(feature)) {
            return false;
        }
        note(new Seen(new FirstUse(feature, Source.EVENT, at, cause), null, false));
        return true;
    }

    /**
     * Notes the features that a ping reports.
     *
     * @param firstPingAt when the instance first pinged, as far as was known before; null when it never had
     */
    public void pinged(UsagePing ping, @Nullable Instant firstPingAt, Cause cause) {
        boolean isBaseline = firstPingAt == null || ping.at().isBefore(firstPingAt);
        if (firstPingAt != null && isBaseline) {
            // Which ping was an instance's first is a matter of time and not of arrival.
            unlessInUse(ping);
        }
        ping.features().forEach((feature, uses) -> {
            if (uses > 0 && !features.containsKey(feature)) {
                FirstUse use = new FirstUse(feature, Source.PING, ping.at(), cause);
                note(new Seen(use, isBaseline ? ping.instance() : null, isBaseline));
            }
        });
    }

    /** An earlier ping than the first shows that what the first reported was not in use before. */
    private void unlessInUse(UsagePing earlier) {
        List<Seen> baseline = features.values().stream()
                .filter(seen -> earlier.instance().equals(seen.baselineOf()))
                .filter(seen -> earlier.features().getOrDefault(seen.use().feature(), 0L) == 0)
                .toList();
        baseline.forEach(seen -> note(new Seen(seen.use(), null, false)));
    }

    private void note(Seen seen) {
        String feature = seen.use().feature();
        features.put(feature, seen);
        changed.add(feature);
        if (!seen.told()) {
            untold.add(feature);
        }
    }

    /**
     * What nobody has decided on yet, the earliest use first.
     *
     * @param most of how many features the account's first use is decided on at all, those of before included
     */
    public List<FirstUse> untold(int most) {
        if (untold.isEmpty()) {
            return List.of();
        }
        List<FirstUse> uses = new ArrayList<>();
        untold.forEach(feature -> uses.add(seen(feature).use()));
        uses.sort(Comparator.comparing(FirstUse::usedAt).thenComparing(FirstUse::feature));
        return List.copyOf(uses.subList(0, Math.min(Math.max(most - news, 0), uses.size())));
    }

    /** All have been decided on. */
    public void told() {
        for (String feature : untold) {
            Seen seen = seen(feature);
            features.put(feature, new Seen(seen.use(), seen.baselineOf(), true));
            changed.add(feature);
        }
        news += untold.size();
        untold.clear();
    }

    private Seen seen(String feature) {
        Seen seen = features.get(feature);
        if (seen == null) {
            throw new IllegalStateException("feature: " + feature + " (expected: one that was seen)");
        }
        return seen;
    }

    /** What is new since {@link #settled}. */
    public Collection<Seen> changed() {
        return changed.stream().map(this::seen).toList();
    }

    /** What changed has been kept. */
    public void settled() {
        changed.clear();
    }
}
