package dev.stagecoach.local;

import com.fasterxml.jackson.core.JacksonException;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.sample.Portfolio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How far the sample has come in data that is kept.
 *
 * @param accounts how many there are
 * @param through the last day that was played to its end; the day before the first one if none was
 */
record KeptSample(int accounts, LocalDate through) {

    private static final String NAME = "sample.json";

    /** Of this many accounts, of which nothing was played. */
    static KeptSample begun(int accounts) {
        return new KeptSample(accounts, Portfolio.FIRST_DAY.minusDays(1));
    }

    /**
     * What is in a directory of data; empty if no sample was begun there.
     *
     * @throws Complaint if it cannot be read
     */
    static Optional<KeptSample> in(Path data) {
        var file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(EventCodec.json().readValue(file.toFile(), KeptSample.class));
        } catch (JacksonException e) {
            throw new Complaint(
                    file + " cannot be read: " + e.getOriginalMessage() + ". Delete " + data + " to begin anew.", e);
        } catch (IOException e) {
            throw new Complaint(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    void writeTo(Path data) {
        var file = data.resolve(NAME);
        var next = data.resolve(NAME + ".next");
        try {
            Files.write(next, EventCodec.json().writeValueAsBytes(this));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Complaint(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** @throws Complaint if it has another number of accounts than is wanted */
    void require(int wanted, Path data) {
        if (accounts != wanted) {
            throw new Complaint("The data in %s holds the sample with %d accounts: say --accounts %d, or delete it."
                    .formatted(data, accounts, accounts));
        }
    }

    /**
     * The first day that is still to be played. It may have been played in part before, and to repeat it does no harm.
     *
     * @param kept what was noted, if anything was
     * @param reached the time at which the data stands, if it has any
     * @throws Complaint if the data holds something else
     */
    static LocalDate firstDayToPlay(Optional<KeptSample> kept, Optional<Instant> reached, Path data) {
        var next = kept.map(sample -> sample.through().plusDays(1)).orElse(Portfolio.FIRST_DAY);
        if (!next.isAfter(Portfolio.LAST_DAY)) {
            reached.ifPresent(time -> requireOnlyTheSample(kept, time, data));
        }
        return next;
    }

    private static void requireOnlyTheSample(Optional<KeptSample> kept, Instant reached, Path data) {
        if (reached.isAfter(TimeLapse.tickOf(Portfolio.LAST_DAY))) {
            throw new Complaint(
                    "The data in %s has lived until %s, after the sample: say --no-sample to go on with it, or delete it."
                            .formatted(data, reached));
        }
        if (kept.isEmpty()) {
            throw new Complaint(
                    "The data in %s does not say how far the sample has come in it: delete it to begin anew."
                            .formatted(data));
        }
    }
}
