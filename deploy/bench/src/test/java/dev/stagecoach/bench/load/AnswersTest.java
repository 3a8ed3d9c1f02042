package dev.stagecoach.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final long START = Long.MAX_VALUE - 5;
    private static final long END = START + TimeUnit.SECONDS.toNanos(2);

    private final Answers answers = new Answers(START, END);

    @Test
    void whatIsAnsweredAfterTheEndIsAcknowledgedButDoesNotMakeTheServiceFaster() {
        // When
        answers.add(recorded(100), START, START + millis(10));
        answers.add(recorded(100), START, END);
        answers.add(recorded(100), START, END + millis(1));

        // Then
        var tally = answers.tally();
        assertThat(tally.events()).isEqualTo(200);
        assertThat(tally.eventsPerSecond()).isEqualTo(100);
        assertThat(tally.acknowledged()).isEqualTo(300);
        assertThat(tally.requests()).isEqualTo(3);
    }

    @Test
    void onlyEventsThatWereRecordedCount() {
        // When
        answers.add(recorded(99), START, START + millis(1));
        answers.add(answer(503, "{}"), START, START + millis(1));
        answers.add(answer(503, "{}"), START, START + millis(1));
        answers.add(answer(413, "{}"), START, START + millis(1));

        // Then
        var tally = answers.tally();
        assertThat(tally.acknowledged()).isEqualTo(99);
        assertThat(tally.refused()).isEqualTo(Map.of(503, 2L, 413, 1L));
        assertThat(tally.refusals()).isEqualTo(3);
    }

    @Test
    void latencyIsFromWhenTheRequestWasDue() {
        // When
        for (int i = 1; i <= 100; i++) {
            answers.add(recorded(1), START, START + millis(i));
        }

        // Then
        var tally = answers.tally();
        assertThat(tally.p50Millis()).isCloseTo(50, within(0.1));
        assertThat(tally.p99Millis()).isCloseTo(99, within(0.1));
        assertThat(tally.maxMillis()).isCloseTo(100, within(0.1));
    }

    @Test
    void anAnswerThatSaysNoNumberIsAMistake() {
        assertThatThrownBy(() -> answers.add(answer(200, "{\"success\":true}"), START, START))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("{\"success\":true}");
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static FullHttpResponse recorded(int events) {
        return answer(
                200,
                "{\"success\":true,\"received\":100,\"recorded\":%d,\"ignored\":0,\"rejected\":[]}".formatted(events));
    }

    private static FullHttpResponse answer(int status, String body) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.copiedBuffer(body, US_ASCII));
    }
}
