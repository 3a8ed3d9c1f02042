package dev.stagecoach.outreach;

import dev.stagecoach.outreach.bounce.Bounce;

/** Mails that came back. */
public interface Bounces {
    /**
     * Records that a mail came back, tells the world, and counts it against its address. A repetition changes nothing.
     *
     * @return false when there is no such mail, or it was never handed over
     */
    boolean record(String delivery, Bounce bounce);
}
