package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final BlockingQueue<List<String>> written = new LinkedBlockingQueue<>();

    @Test
    void writesWhatHasPatienceTogetherWithWhatIsInAHurry() throws InterruptedException {
        // Given
        GroupCommit<String> commit = new GroupCommit<>("test", written::add);
        commit.add("patient", Duration.ofHours(1));
        commit.add("as patient", Duration.ofHours(1));
        // When
        commit.add("in a hurry");
        // Then
        assertThat(next()).containsExactly("patient", "as patient", "in a hurry");
    }

    @Test
    void writesWhatHasPatienceByItselfWhenNothingElseComes() throws InterruptedException {
        // Given
        GroupCommit<String> commit = new GroupCommit<>("test", written::add);
        // When
        commit.add("patient", Duration.ofMillis(1));
        // Then
        assertThat(next()).containsExactly("patient");
    }

    @Test
    void writesTogetherWhatCameWhileTheLastWasWritten() throws InterruptedException {
        // Given
        CountDownLatch slow = new CountDownLatch(1);
        GroupCommit<String> commit = new GroupCommit<>("test", batch -> {
            written.add(batch);
            awaitQuietly(slow);
        });
        commit.add("first");
        assertThat(next()).containsExactly("first");
        // When
        commit.add("second");
        commit.add("third");
        slow.countDown();
        // Then
        assertThat(next()).containsExactly("second", "third");
    }

    @Test
    void goesOnAfterWhatCannotBeWritten() throws InterruptedException {
        // Given
        GroupCommit<String> commit = new GroupCommit<>("test", batch -> {
            written.add(batch);
            if (batch.contains("broken")) {
                throw new IllegalStateException("cannot be written");
            }
        });
        commit.add("broken");
        assertThat(next()).containsExactly("broken");
        // When
        commit.add("sound");
        // Then
        assertThat(next()).containsExactly("sound");
    }

    private List<String> next() throws InterruptedException {
        List<String> batch = written.poll(30, TimeUnit.SECONDS);
        return batch == null ? List.of() : batch;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
