package dev.stagecoach.outreach.letter;

/**
 * A feature of the product.
 *
 * @param name as usage tells it, {@code batch-changes} for instance
 * @param title as people read it
 */
public record Feature(String name, String title) {}
