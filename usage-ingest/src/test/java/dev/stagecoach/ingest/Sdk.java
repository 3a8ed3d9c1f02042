package dev.stagecoach.ingest;

import java.net.URI;
import java.util.List;

/** A published SDK, unmodified, as a program uses it that has something to send. */
interface Sdk {
    /** Sends calls in one go, and returns when the SDK has said of each what became of it. */
    Outcome send(URI address, String writeKey, List<Call> calls);

    /**
     * A call of the tracking API.
     *
     * @param type {@code track}, {@code identify} …
     * @param name of the event, the page or the screen; of other calls it is not sent
     */
    record Call(String type, String name, String account) {
        static final String USER = "ada@harbor.example";

        static Call track(String name, String account) {
            return new Call("track", name, account);
        }
    }

    /**
     * What the SDK says.
     *
     * @param delivered how many calls
     * @param failed why each other call was given up
     */
    record Outcome(int delivered, List<String> failed) {}
}
