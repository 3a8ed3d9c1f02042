package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a customer company apart from its usage. Compacted: the last record of an account is the whole truth.
 *
 * @param seats seats bought, 1 or more; absent when unknown or unlimited
 * @param unlimitedSeats whether the deal has no seat limit; utilization then divides by {@code addressableUsers}
 * @param addressableUsers people who could use the product at an account with unlimited seats
 * @param extendedUntil the end of an approved extension of the term
 * @param timezone the zone in which the account's people work; UTC when not given
 * @param stageByHand a stage set by a person, if any
 * @param signals what people and other systems said about the relationship; null when nothing was said
 * @param churnedOn the day on which the account left, as a person recorded it; it may be before the term ends, or ahead
 * @param changedBy who made the change that this record tells; null when it was no person's act
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record AccountFacts(
        String account,
        String name,
        Segment segment,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Product> products,
        @Nullable Integer seats,
        // Absent means no: the check for absent numbers elsewhere must not hit it.
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean unlimitedSeats,
        @Nullable Integer addressableUsers,
        @Nullable LocalDate expectedCloseOn,
        @Nullable LocalDate contractClosedOn,
        @Nullable LocalDate renewsOn,
        @Nullable LocalDate extendedUntil,
        ZoneId timezone,
        Owners owners,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Instance> instances,
        @Nullable StageByHand stageByHand,
        @Nullable Signals signals,
        @Nullable LocalDate churnedOn,
        @Nullable ChangedBy changedBy)
        implements EventData {
    public AccountFacts {
        Checks.notBlank("account", account);
        Checks.notBlank("name", name);
        Checks.present("segment", segment);
        if (seats != null && seats < 1) {
            throw new IllegalArgumentException("seats: " + seats + " (expected: >= 1)");
        }
        Checks.notNegative("addressableUsers", addressableUsers);
        products = products == null ? List.of() : List.copyOf(products);
        timezone = timezone == null ? ZoneId.of("UTC") : timezone;
        owners = owners == null ? Owners.NONE : owners;
        instances = instances == null ? List.of() : List.copyOf(instances);
    }

    /** Facts to which no person has added anything but perhaps a stage. */
    public AccountFacts(
            String account,
            String name,
            Segment segment,
            List<Product> products,
            @Nullable Integer seats,
            boolean unlimitedSeats,
            @Nullable Integer addressableUsers,
            @Nullable LocalDate expectedCloseOn,
            @Nullable LocalDate contractClosedOn,
            @Nullable LocalDate renewsOn,
            @Nullable LocalDate extendedUntil,
            ZoneId timezone,
            Owners owners,
            List<Instance> instances,
            @Nullable StageByHand stageByHand) {
        this(
                account,
                name,
                segment,
                products,
                seats,
                unlimitedSeats,
                addressableUsers,
                expectedCloseOn,
                contractClosedOn,
                renewsOn,
                extendedUntil,
                timezone,
                owners,
                instances,
                stageByHand,
                null,
                null,
                null);
    }

    /** The signals, of which none may be known. */
    public Signals signalsOrNone() {
        return signals == null ? Signals.NONE : signals;
    }

    public AccountFacts withStageByHand(@Nullable StageByHand stage) {
        return with(seats, renewsOn, extendedUntil, stage, signals, churnedOn, changedBy);
    }

    public AccountFacts withSignals(Signals newSignals) {
        Signals known = newSignals.equals(Signals.NONE) ? null : newSignals;
        return with(seats, renewsOn, extendedUntil, stageByHand, known, churnedOn, changedBy);
    }

    /** The term and the seats of a contract that goes on. */
    public AccountFacts withTerm(
            @Nullable Integer newSeats, LocalDate newRenewsOn, @Nullable LocalDate newExtendedUntil) {
        return with(newSeats, newRenewsOn, newExtendedUntil, stageByHand, signals, churnedOn, changedBy);
    }

    public AccountFacts withChurnedOn(@Nullable LocalDate on) {
        return with(seats, renewsOn, extendedUntil, stageByHand, signals, on, changedBy);
    }

    public AccountFacts withChangedBy(@Nullable ChangedBy person) {
        return with(seats, renewsOn, extendedUntil, stageByHand, signals, churnedOn, person);
    }

    private AccountFacts with(
            @Nullable Integer newSeats,
            @Nullable LocalDate newRenewsOn,
            @Nullable LocalDate newExtendedUntil,
            @Nullable StageByHand newStageByHand,
            @Nullable Signals newSignals,
            @Nullable LocalDate newChurnedOn,
            @Nullable ChangedBy newChangedBy) {
        return new AccountFacts(
                account,
                name,
                segment,
                products,
                newSeats,
                unlimitedSeats,
                addressableUsers,
                expectedCloseOn,
                contractClosedOn,
                newRenewsOn,
                newExtendedUntil,
                timezone,
                owners,
                instances,
                newStageByHand,
                newSignals,
                newChurnedOn,
                newChangedBy);
    }
}
