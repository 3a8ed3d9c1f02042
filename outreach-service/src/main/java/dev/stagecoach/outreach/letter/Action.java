package dev.stagecoach.outreach.letter;

/** A link with its words. */
public record Action(String label, String url) {}
