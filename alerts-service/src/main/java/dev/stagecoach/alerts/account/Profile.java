package dev.stagecoach.alerts.account;

import dev.stagecoach.events.AccountFacts;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What people entered about an account.
 *
 * @param at when they did
 */
public record Profile(
        String name, boolean unlimitedSeats, @Nullable LocalDate renewsOn, Instant at) {
    static Profile of(AccountFacts facts, Instant at) {
        return new Profile(facts.name(), facts.unlimitedSeats(), facts.renewsOn(), at);
    }
}
