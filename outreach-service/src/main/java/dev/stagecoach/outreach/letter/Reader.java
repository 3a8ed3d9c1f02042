package dev.stagecoach.outreach.letter;

/** The person whom a mail is for. */
public record Reader(String name, String firstName) {}
