package dev.stagecoach.outreach.letter;

/**
 * A feature of what an account has bought that nobody used in the month.
 *
 * @param title how it is called
 * @param idea what it is good for
 */
public record Untried(String title, String idea) {}
