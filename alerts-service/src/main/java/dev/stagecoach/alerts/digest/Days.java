package dev.stagecoach.alerts.digest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** How dates and numbers read in a digest. */
final class Days {
    private Days() {}

    static LocalDate of(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    static String oneDecimal(double number) {
        return BigDecimal.valueOf(number).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
