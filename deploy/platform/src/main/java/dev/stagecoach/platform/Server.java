package dev.stagecoach.platform;

/** A server process that can be made to fail, and to come back with the data that it had. */
public interface Server {

    /** Ends it at once, as {@code kill -9} or a loss of power would. Returns when it is gone. */
    void kill();

    /**
     * Starts it again where it was, after {@link #kill}.
     *
     * @throws PlatformException if it does not come back
     */
    void start();

    /** Stops it from doing anything, without its knowing: its connections stay open, and nobody answers. */
    void freeze();

    /** Lets it go on. */
    void thaw();

    /** What it is called: {@code broker 2}, {@code PostgreSQL}. */
    @Override
    String toString();
}
