package dev.stagecoach.ingest;

/** By which name users are known from here on. */
@FunctionalInterface
public interface Pseudonyms {
    /**
     * Always the same for the same user at the same account, another for the same id at another account, and nothing from which the id
     * could be found.
     */
    String of(String account, String user);
}
