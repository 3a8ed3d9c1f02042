package dev.stagecoach.outreach.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The secrets behind links, forms and envelope senders: one that new ones are made with, and previous ones, so that what was made with
 * these is still read. Nothing shows them.
 */
final class LinkSecrets {
    private static final String CURRENT = "stagecoach.outreach.link-secret";
    private static final String PREVIOUS = "stagecoach.outreach.previous-link-secrets";
    private static final int SHORTEST = 16;

    private final List<String> secrets;

    /**
     * The first is for all that is new.
     *
     * @throws IllegalArgumentException that says which setting is too short, and not what it is
     */
    LinkSecrets(String current, List<String> previous) {
        List<String> all = new ArrayList<>(List.of(longEnough(CURRENT, current)));
        for (int i = 0; i < previous.size(); i++) {
            all.add(longEnough(PREVIOUS + "[" + i + "]", previous.get(i)));
        }
        this.secrets = List.copyOf(all);
    }

    private static String longEnough(String setting, String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    setting + ": " + secret.length() + " characters (expected: at least " + SHORTEST + ")");
        }
        return secret;
    }

    /** The current one, then the previous ones. */
    Stream<String> all() {
        return secrets.stream();
    }

    @Override
    public String toString() {
        return secrets.size() + " secrets";
    }
}
