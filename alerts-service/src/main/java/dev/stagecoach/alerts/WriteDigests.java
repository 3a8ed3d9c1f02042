package dev.stagecoach.alerts;

import dev.stagecoach.alerts.digest.ComposeDigest;
import dev.stagecoach.alerts.digest.Digest;
import dev.stagecoach.alerts.policy.DigestPolicy;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.TimeTick;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the digest of each owner once a week. Accounts of an owner are in many partitions; the ticks of the first one tell the
 * time for all, so that one process writes.
 */
public final class WriteDigests {
    private static final int TIMEKEEPER = 0;

    private final DigestPolicy policy;
    private final ComposeDigest composeDigest;

    public WriteDigests(DigestPolicy policy, ComposeDigest composeDigest) {
        this.policy = policy;
        this.composeDigest = composeDigest;
    }

    /** Looks whose digest is due, after the batch has been applied. Applied again, it writes nothing new. */
    public void from(List<Incoming> incoming, Digests digests) {
        if (!policy.on()) {
            return;
        }
        Map<String, Instant> owners = owners(incoming);
        if (!owners.isEmpty()) {
            digests.expect(owners);
        }
        lastTick(incoming)
                .ifPresent(tick -> digests.due(tick).forEach((owner, due) -> write(owner, due, tick, digests)));
    }

    private Map<String, Instant> owners(List<Incoming> incoming) {
        Map<String, Instant> firstDue = new HashMap<>();
        for (Incoming one : incoming) {
            if (one.event().data() instanceof AccountFacts facts) {
                Owners owners = facts.owners();
                Stream.of(
                                Optional.ofNullable(owners.technicalAdvisor()),
                                Optional.ofNullable(owners.accountExecutive()))
                        .flatMap(Optional::stream)
                        .filter(owner -> !owner.isBlank())
                        .forEach(owner -> firstDue.putIfAbsent(
                                owner, policy.dueAfter(one.event().time(), owner)));
            }
        }
        return firstDue;
    }

    private static Optional<Instant> lastTick(List<Incoming> incoming) {
        return incoming.stream()
                .filter(one -> one.partition() == TIMEKEEPER && one.event().data() instanceof TimeTick)
                .map(one -> one.event().time())
                .max(Instant::compareTo);
    }

    /** Of digests that were missed, because nothing ran, only the last is of use. */
    private void write(String owner, Instant due, Instant tick, Digests digests) {
        Instant last = due;
        Instant next = policy.dueAfter(last, owner);
        while (!next.isAfter(tick)) {
            last = next;
            next = policy.dueAfter(last, owner);
        }
        Digest digest = composeDigest.of(owner, last, digests.book(owner, ComposeDigest.begin(last), last));
        if (digest.tells()) {
            digests.keep(digest);
        }
        digests.next(owner, next);
    }
}
