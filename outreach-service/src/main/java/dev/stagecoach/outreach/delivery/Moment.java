package dev.stagecoach.outreach.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When, and because of what, something is decided.
 *
 * @param now event time: the latest tick or event of the account's partition
 * @param cause the id of the event at hand
 */
public record Moment(Instant now, @Nullable String cause) {
    LocalDate today() {
        return now.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
