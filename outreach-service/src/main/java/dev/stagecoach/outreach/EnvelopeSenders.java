package dev.stagecoach.outreach;

import java.util.Optional;

/** The sender on the envelope of each mail: an address of its own, so that a report that comes back names the mail. */
public interface EnvelopeSenders {
    /** Where reports about this mail go. */
    String of(String delivery);

    /** The mail that a report is about, from the address that it came to; empty for any address that was not made here. */
    Optional<String> delivery(String address);
}
