package dev.stagecoach.bench;

/** Somebody who reads the log from its beginning to its end, starting from nothing each time. */
interface Contender {

    String title();

    /**
     * Reads the log once.
     *
     * @param number of the run, from 1
     * @param counts gets what was counted, if anything was
     */
    Run run(int number, Counts counts);
}
