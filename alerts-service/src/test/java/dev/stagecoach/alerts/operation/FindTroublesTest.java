package dev.stagecoach.alerts.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagecoach.alerts.operation.Standing.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindTroublesTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(3);

    private static Standing service(String name, Map<String, String> says) {
        return new Standing(name, null, true, List.of(new Check("progress", true, says)));
    }

    private static Observed of(Standing... services) {
        return new Observed(List.of(services), List.of(), null, A_MOMENT, List.of(), 0, 0, 0, 0, List.of(), List.of());
    }

    private static Observed reading(Lag... lags) {
        return new Observed(List.of(), List.of(lags), null, A_MOMENT, List.of(), 0, 0, 0, 0, List.of(), List.of());
    }

    private static Observed ticking(String ticks, @Nullable Duration sinceTick) {
        return new Observed(
                List.of(service("lifecycle-service", Map.of("ticks", ticks))),
                List.of(),
                null,
                sinceTick,
                List.of(),
                0,
                0,
                0,
                0,
                List.of(),
                List.of());
    }

    private static List<String> found(Observed observed) {
        return FindTroubles.in(observed).stream().map(Trouble::what).toList();
    }

    @Test
    void noneWhenAllIsWell() {
        // Given
        Observed well = of(service(
                "lifecycle-service",
                Map.of(
                        "version", "1.0",
                        "ticks", "from here",
                        "outboxRows", "3",
                        "outboxOldestSeconds", "1",
                        "accountsPutOff", "0",
                        "trouble", "none")));

        // Then
        assertThat(FindTroubles.in(well)).isEmpty();
    }

    @Test
    void aServiceThatDoesNotAnswer() {
        assertThat(found(of(Standing.silent("outreach-service", "outreach-service does not answer: refused"))))
                .containsExactly("outreach-service does not answer: refused");
    }

    @Test
    void aServiceThatIsNotReadyWithItsOwnWords() {
        // Given
        Standing unready = new Standing(
                "lifecycle-service",
                null,
                false,
                List.of(
                        new Check("database", true, Map.of()),
                        new Check("progress", false, Map.of("problem", "not a member of the group yet")),
                        new Check("kafka", false, Map.of())));

        // Then
        assertThat(found(of(unready)))
                .containsExactly(
                        "lifecycle-service is not ready, progress: not a member of the group yet",
                        "lifecycle-service is not ready, kafka");
    }

    @Test
    void aRecordThatHoldsUpItsPartition() {
        assertThat(found(of(service("outreach-service", Map.of("blocked", "accounts-3@17: boom")))))
                .containsExactly("outreach-service cannot apply a record: accounts-3@17: boom");
    }

    @Test
    void aMailServerThatTakesNothing() {
        assertThat(found(of(service("outreach-service", Map.of("trouble", "connection refused")))))
                .containsExactly("Mails wait for the mail server: connection refused");
    }

    @Test
    void accountsThatCannotBeLookedAt() {
        assertThat(found(of(service("lifecycle-service", Map.of("accountsPutOff", "1")))))
                .containsExactly("1 account cannot be looked at by lifecycle-service");
    }

    @ParameterizedTest
    @CsvSource({"59, 0", "60, 1"})
    void anOutboxThatKafkaDoesNotTakeForAMinute(String seconds, int troubles) {
        assertThat(found(of(service("alerts-service", Map.of("outboxRows", "7", "outboxOldestSeconds", seconds)))))
                .hasSize(troubles)
                .allMatch(what ->
                        what.equals("alerts-service has decided what Kafka has not taken for 1 minute: 7 events"));
    }

    @Test
    void timeThatStandsStillWhereItIsMade() {
        assertThat(found(ticking("from here", Duration.ofMinutes(5))))
                .containsExactly("Time stands still: the latest tick was 5 minutes ago");
        assertThat(found(ticking("from here", null))).containsExactly("Time stands still: there was no tick yet");
    }

    @Test
    void notTimeThatStandsStillBecauseWhoTellsItHasStopped() {
        assertThat(found(ticking("from elsewhere", Duration.ofDays(200)))).isEmpty();
    }

    @Test
    void notALagThatMoves() {
        assertThat(found(reading(new Lag("alerts-service", "accounts", 12_000, Duration.ofSeconds(20)))))
                .isEmpty();
    }

    @Test
    void aLagThatStands() {
        assertThat(found(reading(
                        new Lag("alerts-service", "accounts", 0, null),
                        new Lag("outreach-service", "contacts", 1, Duration.ofMinutes(2)))))
                .containsExactly("outreach-service has not read on in contacts for 2 minutes: 1 record waits");
    }

    @Test
    void whatIsStuckComesBeforeWhatSomebodyShouldLookAt() {
        // Given
        Observed observed = new Observed(
                List.of(Standing.silent("usage-ingest", "usage-ingest does not answer")),
                List.of(),
                "Kafka does not answer",
                A_MOMENT,
                List.of(new Observed.Count("lifecycle-service", 2), new Observed.Count("alerts-service", 0)),
                31,
                1,
                3,
                2,
                List.of("#alerts, 4 alerts wait: invalid_auth"),
                List.of("crm is parked, 2 messages wait: 410"));

        // When
        List<Trouble> troubles = FindTroubles.in(observed);

        // Then
        assertThat(troubles)
                .extracting(Trouble::kind, Trouble::what)
                .containsExactly(
                        stuck("usage-ingest does not answer"),
                        stuck("It is not known how far services have read: Kafka does not answer"),
                        stuck("The balance of mails does not add up: 2 missing"),
                        stuck("Slack: #alerts, 4 alerts wait: invalid_auth"),
                        stuck("Webhook crm is parked, 2 messages wait: 410"),
                        look("1 mail in doubt: nobody knows whether it arrived"),
                        look("3 mails held for approval"),
                        look("lifecycle-service passed over 2 records within a week"),
                        look("31 pieces of usage rejected since yesterday"));
        assertThat(troubles).allSatisfy(trouble -> assertThat(trouble.toDo()).isNotBlank());
        assertThat(troubles.get(troubles.size() - 1).toDo())
                .contains("./stagecoach quarantine list", "./stagecoach quarantine replay");
    }

    private static Tuple stuck(String what) {
        return tuple(Trouble.Kind.STUCK, what);
    }

    private static Tuple look(String what) {
        return tuple(Trouble.Kind.LOOK, what);
    }
}
