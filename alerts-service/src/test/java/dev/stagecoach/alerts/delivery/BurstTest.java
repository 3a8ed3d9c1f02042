package dev.stagecoach.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BurstTest {
    @Test
    void isMoreThanThePaceClearsInTheTime() {
        assertThat(Burst.of(Duration.ofSeconds(60), Duration.ofSeconds(1)).mostSingles())
                .isEqualTo(60);
    }

    @Test
    void letsAtLeastOneThrough() {
        assertThat(Burst.of(Duration.ZERO, Duration.ofSeconds(1)).mostSingles()).isEqualTo(1);
    }

    @Test
    void takesAllAlertsOfAnAccountAndTheOldestFirst() {
        // Given
        List<Waiting> waiting = List.of(alert(1, "late"), alert(2, "other"), alert(3, "late"));

        // When
        List<AccountAlerts> fitting = Burst.fitting(waiting, account -> 10, 10);

        // Then
        assertThat(fitting).hasSize(1);
        assertThat(fitting.get(0).alerts()).extracting(Waiting::place).containsExactly(1L, 3L);
    }

    @Test
    void takesOneAccountHoweverLarge() {
        assertThat(Burst.fitting(List.of(alert(1, "huge")), account -> 1_000, 10))
                .hasSize(1);
    }

    @Test
    void putsEachAlertInExactlyOneMessage() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            // Given
            int accounts = 1 + random.nextInt(30);
            List<Waiting> waiting = LongStream.range(0, random.nextInt(300))
                    .mapToObj(place -> alert(place, "account-" + random.nextInt(accounts)))
                    .toList();

            // When
            List<Long> posted = new java.util.ArrayList<>();
            List<Waiting> left = waiting;
            while (!left.isEmpty()) {
                List<Long> taken = Burst.fitting(
                                left, account -> 10 + account.alerts().size(), 100)
                        .stream()
                        .flatMap(account -> account.alerts().stream())
                        .map(Waiting::place)
                        .toList();
                posted.addAll(taken);
                left = left.stream()
                        .filter(alert -> !taken.contains(alert.place()))
                        .toList();
            }

            // Then
            assertThat(posted)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            waiting.stream().map(Waiting::place).toList());
        }
    }

    private static Waiting alert(long place, String account) {
        return new Waiting(place, account, account, null, "Stage", account + " entered Adopting", false);
    }
}
