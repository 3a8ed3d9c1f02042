package dev.stagecoach.local.sample;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.LocalDate;

/** A span of days, both ends included. */
record Days(LocalDate first, LocalDate last) {

    /** {@code first/last}, or {@code first/} for a span without end. */
    @JsonCreator
    static Days parse(String text) {
        int slash = text.indexOf('/');
        var last = text.substring(slash + 1);
        return new Days(
                LocalDate.parse(text.substring(0, slash)), last.isEmpty() ? LocalDate.MAX : LocalDate.parse(last));
    }

    boolean contains(LocalDate date) {
        return !date.isBefore(first) && !date.isAfter(last);
    }
}
