package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.StateDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every process of every service is replaced, one at a time, while events come in; {@code -Droll.events=2000} has as many a second as the
 * command {@code stagecoach roll} has.
 */
class RollIT {

    private static final int EVENTS_A_SECOND = Integer.getInteger("roll.events", 500);
    private static final Size TWO_REPLICAS = new Size(1, 2);

    @TempDir
    private Path directory;

    @Test
    void noAcceptedEventIsLostOrCountedTwiceWhileEveryServiceIsReplaced() {
        // Given
        try (var state = StateDirectory.open(directory);
                var stack = Stack.start(
                        new StackOptions(
                                LocalStack.HOME,
                                directory,
                                OwnPorts.ofAStack(TWO_REPLICAS),
                                false,
                                false,
                                TWO_REPLICAS),
                        state)) {

            // When
            var result = new RollingRun(stack, EVENTS_A_SECOND, System.out::println).run();

            // Then
            System.out.printf(
                    "%d events; %d requests made again; p99 %d ms, longest %d ms%n",
                    result.sent(),
                    result.askedAgain(),
                    result.percentile(99).toMillis(),
                    result.percentile(100).toMillis());
            assertThat(result.accepted()).isEqualTo(result.sent()).isGreaterThan(10 * EVENTS_A_SECOND);
            assertThat(result.lost()).isEmpty();
            assertThat(result.counted()).isEqualTo(result.accepted());
        }
    }
}
