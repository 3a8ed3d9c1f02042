package dev.stagecoach.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts the answers of a phase. For one thread. */
final class Answers {

    private static final String RECORDED = "\"recorded\":";
    private static final double NANOS = 1e9;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final int DIGITS = 3;

    private final Histogram micros = new Histogram(TimeUnit.MINUTES.toMicros(10), DIGITS);
    private final Map<Integer, Long> refused = new TreeMap<>();
    private final long startedAt;
    private final long endsAt;
    private long requests;
    private long events;
    private long acknowledged;

    /**
     * Nothing yet.
     *
     * @param startedAt by {@link System#nanoTime()}
     * @param endsAt after which answers do not count into the speed
     */
    Answers(long startedAt, long endsAt) {
        this.startedAt = startedAt;
        this.endsAt = endsAt;
    }

    /**
     * One more.
     *
     * @param due when its request was to be sent, whether it was or not
     */
    void add(FullHttpResponse answer, long due, long now) {
        requests++;
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, now - due)));
        if (HttpResponseStatus.OK.equals(answer.status())) {
            long recorded = recorded(answer.content());
            acknowledged += recorded;
            events += now - endsAt <= 0 ? recorded : 0;
        } else {
            refused.merge(answer.status().code(), 1L, Long::sum);
        }
    }

    /** The number after {@code "recorded":}, without a tree for each of millions of answers. */
    static long recorded(ByteBuf body) {
        var text = body.toString(US_ASCII);
        int at = text.indexOf(RECORDED);
        if (at < 0) {
            throw new IllegalStateException("An answer does not say how many events were recorded: " + text);
        }
        long number = 0;
        for (int i = at + RECORDED.length(); i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            number = 10 * number + Character.digit(text.charAt(i), 10);
        }
        return number;
    }

    Tally tally() {
        return new Tally(
                (endsAt - startedAt) / NANOS,
                requests,
                events,
                acknowledged,
                refused,
                millis(50),
                millis(99),
                micros.getMaxValue() / MICROS_PER_MILLI);
    }

    private double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }
}
