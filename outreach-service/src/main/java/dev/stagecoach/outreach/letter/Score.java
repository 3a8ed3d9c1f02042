package dev.stagecoach.outreach.letter;

/** One of the answers to a survey. */
public record Score(int score, String url) {}
