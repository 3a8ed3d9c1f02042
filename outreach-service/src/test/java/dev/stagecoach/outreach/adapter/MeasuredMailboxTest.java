package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.Mail;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeasuredMailboxTest {
    private static final Mail MAIL = new Mail(
            "<1@example.com>",
            "bounces@example.com",
            "robin@example.com",
            "team@example.com",
            "ana@example.com",
            "Hello",
            "Hello",
            "<p>Hello</p>",
            Map.of(),
            List.of());

    static Stream<Handover> outcomes() {
        return Stream.of(
                new Handover.Accepted(),
                new Handover.Refused("no such user"),
                new Handover.Postponed("later"),
                new Handover.Unreachable("nobody answers"),
                new Handover.Withheld("another has it"),
                new Handover.Doubtful("hung up"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void countsAndTimesWhatTheMailServerMadeOfAMail(Handover outcome) {
        // Given
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        MeasuredMailbox mailbox = new MeasuredMailbox((mail, mayHandOver) -> outcome, meters);

        // When
        Handover answered = mailbox.send(MAIL, () -> true);

        // Then
        assertThat(answered).isSameAs(outcome);
        assertThat(meters.get("stagecoach.outreach.handovers").timers())
                .hasSize(6)
                .filteredOn(timer -> timer.count() > 0)
                .singleElement()
                .satisfies(timer -> {
                    assertThat(timer.getId().getTag("outcome"))
                            .isEqualToIgnoringCase(outcome.getClass().getSimpleName());
                    assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
                });
    }
}
