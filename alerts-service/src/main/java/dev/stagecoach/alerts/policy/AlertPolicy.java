package dev.stagecoach.alerts.policy;

import dev.stagecoach.events.Segment;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The alert policy.
 *
 * @param rules those of segments without rules of their own, and of accounts whose segment is not known
 * @param segments the rules of segments that differ
 * @param acknowledgedFor for how long an acknowledged alert keeps others of its matter quiet
 */
public record AlertPolicy(
        String version,
        List<Channel> channels,
        Rules rules,
        Map<Segment, Rules> segments,
        Duration acknowledgedFor,
        DigestPolicy digest) {
    public static final String TEAM = "team";
    public static final String ACCOUNT_EXECUTIVE = "account-executive";

    public AlertPolicy {
        channels = List.copyOf(channels);
        segments = Map.copyOf(segments);
    }

    /** Where the alerts of a kind go, where no segment says otherwise. */
    public Optional<Route> route(AlertKind kind) {
        return rules.route(kind);
    }

    /** The rules for accounts of a segment. */
    public Rules of(@Nullable Segment segment) {
        return segment == null ? rules : segments.getOrDefault(segment, rules);
    }

    /** The topics of the channels. */
    public Collection<String> topics() {
        return channels.stream().map(Channel::topic).distinct().toList();
    }
}
