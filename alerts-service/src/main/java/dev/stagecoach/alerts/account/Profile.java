package dev.stagecoach.alerts.account;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Segment;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What people entered about an account.
 *
 * @param segment null for what was stored before segments were kept
 * @param at when they did
 */
public record Profile(
        String name,
        @Nullable Segment segment,
        boolean unlimitedSeats,
        @Nullable LocalDate closedOn,
        @Nullable LocalDate renewsOn,
        Owners owners,
        Instant at) {
    static Profile of(AccountFacts facts, Instant at) {
        return new Profile(
                facts.name(),
                facts.segment(),
                facts.unlimitedSeats(),
                facts.contractClosedOn(),
                facts.renewsOn(),
                facts.owners(),
                at);
    }
}
