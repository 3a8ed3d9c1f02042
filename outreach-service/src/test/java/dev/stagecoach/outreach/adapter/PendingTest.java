package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stagecoach.outreach.DueMail;
import dev.stagecoach.outreach.InMemoryDeliveries;
import dev.stagecoach.outreach.adapter.Pending.Limits;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What one domain gets at a time and a second. */
class PendingTest {
    private final AtomicLong nanoTime = new AtomicLong();

    private Pending pending(OptionalInt atATime, OptionalDouble perSecond) {
        return new Pending(new Limits(atATime, perSecond), nanoTime::get);
    }

    private static DueMail to(String name, String domain) {
        return InMemoryDeliveries.dueMailTo("welcome", "day-0", name, name + "@" + domain);
    }

    private static String takenFrom(Pending pending) {
        return pending.take().orElseThrow().delivery().contact();
    }

    @Test
    void aDomainThatIsBusyLetsOthersGoFirst() {
        Pending pending = pending(OptionalInt.of(1), OptionalDouble.empty());
        DueMail first = to("a", "big.example");
        pending.add(List.of(first, to("b", "big.example"), to("c", "small.example")));

        assertThat(takenFrom(pending)).isEqualTo("a");
        assertThat(takenFrom(pending)).isEqualTo("c");
        pending.finish(first);
        assertThat(takenFrom(pending)).isEqualTo("b");
    }

    @Test
    void aDomainGetsSoManyASecond() {
        Pending pending = pending(OptionalInt.empty(), OptionalDouble.of(2));
        pending.add(List.of(to("a", "big.example"), to("b", "big.example"), to("c", "small.example")));

        assertThat(takenFrom(pending)).isEqualTo("a");
        assertThat(takenFrom(pending)).isEqualTo("c");
        nanoTime.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(takenFrom(pending)).isEqualTo("b");
    }

    @Test
    void withoutLimitsTheOrderStays() {
        Pending pending = new Pending(Limits.NONE, nanoTime::get);
        pending.add(List.of(to("a", "big.example"), to("b", "big.example"), to("c", "small.example")));

        assertThat(List.of(takenFrom(pending), takenFrom(pending), takenFrom(pending)))
                .containsExactly("a", "b", "c");
    }

    @Test
    void saysWhichDomainsAreCrowded() {
        Pending pending = pending(OptionalInt.of(1), OptionalDouble.empty());
        pending.add(List.of(to("a", "big.example"), to("b", "big.example"), to("c", "small.example")));

        assertThat(pending.crowded(2)).containsExactly("big.example");
        assertThat(new Pending(Limits.NONE, nanoTime::get).crowded(0)).isEmpty();
    }

    @Test
    void whoWaitsIsWokenByTheNextMailAndByTheEnd() throws Exception {
        Pending pending = new Pending(Limits.NONE, nanoTime::get);
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> takenFrom(pending));
        pending.add(List.of(to("a", "big.example")));
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("a");

        CompletableFuture<Boolean> ended =
                CompletableFuture.supplyAsync(() -> pending.take().isEmpty());
        pending.close();
        assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void limitsThatWouldLetNothingThroughAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(OptionalInt.of(0), OptionalDouble.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(OptionalInt.empty(), OptionalDouble.of(0)));
    }
}
