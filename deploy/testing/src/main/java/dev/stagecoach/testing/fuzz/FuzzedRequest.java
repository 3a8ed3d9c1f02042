package dev.stagecoach.testing.fuzz;

import java.util.List;
import java.util.Map;

/**
 * A request whose body was spoilt.
 *
 * @param number by which it is made again, with the same seed
 * @param path with which it is posted
 * @param authorized whether its header has a key that is known, or none, so that the body's own may count
 * @param how what was done to it, in order
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record FuzzedRequest(
        long number, String path, Map<String, String> headers, boolean authorized, byte[] body, List<String> how) {

    @Override
    public String toString() {
        return "request " + number + ", " + body.length + " bytes to " + path + " with " + headers.keySet() + ", "
                + how;
    }
}
