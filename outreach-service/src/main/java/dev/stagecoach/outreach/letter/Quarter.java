package dev.stagecoach.outreach.letter;

/**
 * Which quarter since the start.
 *
 * @param number from 1 on
 */
public record Quarter(int number) {}
