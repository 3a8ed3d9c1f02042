package dev.stagecoach.testing.sample.bad.feature;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

@SuppressWarnings("JavaUtilDate")
class ClockAndChance {

    Instant instant() {
        return Instant.now();
    }

    Supplier<Instant> instantByReference() {
        return Instant::now;
    }

    LocalDate date() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    Date oldDate() {
        return new Date();
    }

    UUID id() {
        return UUID.randomUUID();
    }

    double chance() {
        return new Random().nextDouble();
    }

    void print() {
        System.out.println("printed");
    }

    Date allowedBecauseItReadsNoClock(Instant at) {
        return Date.from(at);
    }
}
