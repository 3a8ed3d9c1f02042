package dev.stagecoach.lifecycle.policy;

import dev.stagecoach.events.Segment;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Everything that decides about an account besides its facts and its usage.
 *
 * @param version changes whenever a number changes; every decision records it
 * @param defaults the rules of a segment that has none of its own
 * @param bySegment the rules of the segments that differ
 */
public record Policy(String version, Rules defaults, Map<Segment, Rules> bySegment) {
    public Policy {
        Map<Segment, Rules> copy = new EnumMap<>(Segment.class);
        copy.putAll(bySegment);
        bySegment = Collections.unmodifiableMap(copy);
    }

    /** The rules for the accounts of a segment. */
    public Rules of(Segment segment) {
        return bySegment.getOrDefault(segment, defaults);
    }
}
