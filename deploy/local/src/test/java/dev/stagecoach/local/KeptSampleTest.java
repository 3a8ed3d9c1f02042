package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.sample.Portfolio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSampleTest {

    private static final Optional<Instant> NOWADAYS = Optional.of(Instant.parse("2026-11-30T12:00:00Z"));

    @TempDir
    private Path data;

    private LocalDate firstDay(Optional<Instant> reached) {
        return KeptSample.firstDayToPlay(KeptSample.in(data), reached, data);
    }

    @Test
    void dataWithoutAnythingBeginsWithTheFirstDay() {
        assertThat(firstDay(Optional.empty())).isEqualTo(Portfolio.FIRST_DAY);
    }

    @Test
    void aSampleThatWasCutShortGoesOnWithTheDayThatWasNotPlayedToItsEnd() {
        // Given
        var through = LocalDate.parse("2025-06-30");
        new KeptSample(18, through).writeTo(data);

        // Then
        assertThat(firstDay(Optional.of(TimeLapse.tickOf(through.plusDays(1)))))
                .isEqualTo(LocalDate.parse("2025-07-01"));
    }

    @Test
    void theLastDayIsPlayedAgainUnlessItCameToItsEnd() {
        // Given
        var reached = Optional.of(TimeLapse.tickOf(Portfolio.LAST_DAY));
        new KeptSample(18, Portfolio.LAST_DAY.minusDays(1)).writeTo(data);

        // Then
        assertThat(firstDay(reached)).isEqualTo(Portfolio.LAST_DAY);

        // When
        new KeptSample(18, Portfolio.LAST_DAY).writeTo(data);

        // Then
        assertThat(firstDay(reached)).isAfter(Portfolio.LAST_DAY);
        assertThat(firstDay(NOWADAYS)).isAfter(Portfolio.LAST_DAY);
    }

    @Test
    void anotherNumberOfAccountsIsRefused() {
        // Given
        new KeptSample(18, Portfolio.LAST_DAY).writeTo(data);

        // Then
        assertThatThrownBy(() -> KeptSample.in(data).orElseThrow().require(50, data))
                .isInstanceOf(Complaint.class)
                .hasMessageContainingAll("18 accounts", "--accounts 18", data.toString());
    }

    @Test
    void dataOfRealTimeTakesNoSample() {
        assertThatThrownBy(() -> firstDay(NOWADAYS))
                .isInstanceOf(Complaint.class)
                .hasMessageContainingAll("2026-11-30T12:00:00Z", "--no-sample");
    }

    @Test
    void dataThatDoesNotSayHowFarItIsIsRefused() {
        assertThatThrownBy(() -> firstDay(Optional.of(TimeLapse.tickOf(Portfolio.FIRST_DAY))))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("does not say how far");
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        // Given
        Files.writeString(data.resolve("sample.json"), "{\"accounts\": ");

        // Then
        assertThatThrownBy(() -> KeptSample.in(data))
                .isInstanceOf(Complaint.class)
                .hasMessageContainingAll("sample.json", "Delete " + data);
    }
}
