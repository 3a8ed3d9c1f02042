package dev.stagecoach.bench.load;

/** When the requests of a phase are due: evenly, and never later because the service is slow. */
final class Schedule {

    private static final double NANOS = 1e9;

    private final long startedAt;
    private final double nanosBetween;
    private final long requests;
    private long taken;

    /**
     * The first is due at once.
     *
     * @param startedAt by {@link System#nanoTime()}
     */
    Schedule(long startedAt, double perSecond, double seconds) {
        this.startedAt = startedAt;
        this.nanosBetween = NANOS / perSecond;
        this.requests = Math.max(1, Math.round(perSecond * seconds));
    }

    /** When the next request is due; meaningless once {@link #isOver()}. */
    long nextDue() {
        return startedAt + (long) (taken * nanosBetween);
    }

    boolean isOver() {
        return taken == requests;
    }

    /** Whether a request should have been sent by now that was not. */
    boolean isDue(long now) {
        return !isOver() && nextDue() - now <= 0;
    }

    /** Sends the next one: when it was due. */
    long take() {
        long due = nextDue();
        taken++;
        return due;
    }
}
