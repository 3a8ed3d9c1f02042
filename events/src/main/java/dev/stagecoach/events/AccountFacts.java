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
        @Nullable StageByHand stageByHand)
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
}
