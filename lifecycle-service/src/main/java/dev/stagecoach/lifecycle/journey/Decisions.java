package dev.stagecoach.lifecycle.journey;

import dev.stagecoach.events.Event;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of looking at an account.
 *
 * @param journey what it has been through now
 * @param figures the usage that it was decided on
 * @param events what was decided, in order; empty when nothing is new
 * @param nextDue when to look again although nothing happened; empty: never
 */
public record Decisions(Journey journey, UsageFigures figures, List<Event<?>> events, Optional<Instant> nextDue) {}
