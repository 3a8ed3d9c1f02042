package dev.stagecoach.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A request, ready to be sent again and again but for the ids of its events: each time they are others, as random as an SDK's, so that
 * no event is the duplicate of another, and Kafka's compression has as much to do as with real ones.
 */
final class Template {

    private static final byte[] MESSAGE_ID = "\"messageId\":\"".getBytes(US_ASCII);
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);
    private static final int DIGIT_BITS = 4;
    private static final int DIGITS_IN_LONG = Long.SIZE / DIGIT_BITS;

    /** Where the digits of a UUID stand: the hyphens between them stay. */
    private static final int[] DIGIT_PLACES = IntStream.range(0, "12345678-1234-1234-1234-123456789012".length())
            .filter(place -> place != 8 && place != 13 && place != 18 && place != 23)
            .toArray();

    private final byte[] request;
    private final int[] ids;

    Template(byte[] request) {
        this.request = request.clone();
        this.ids = IntStream.range(0, request.length)
                .filter(this::endsMessageIdName)
                .map(start -> start + MESSAGE_ID.length)
                .toArray();
    }

    private boolean endsMessageIdName(int start) {
        return start + MESSAGE_ID.length <= request.length
                && Arrays.equals(request, start, start + MESSAGE_ID.length, MESSAGE_ID, 0, MESSAGE_ID.length);
    }

    /** How many events it has. */
    int events() {
        return ids.length;
    }

    int bytes() {
        return request.length;
    }

    /** Appends it to a buffer, with other ids. */
    void writeTo(ByteBuf buffer, SplittableRandom chance) {
        int start = buffer.writerIndex();
        buffer.writeBytes(request);
        for (int id : ids) {
            long left = chance.nextLong();
            for (int digit = 0; digit < DIGIT_PLACES.length; digit++) {
                if (digit == DIGITS_IN_LONG) {
                    left = chance.nextLong();
                }
                buffer.setByte(start + id + DIGIT_PLACES[digit], DIGITS[(int) left & 0xf]);
                left >>>= DIGIT_BITS;
            }
        }
    }
}
