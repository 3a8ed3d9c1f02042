package dev.stagecoach.alerts.digest;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.account.Measured;
import dev.stagecoach.alerts.policy.Rules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How near an account is to a threshold, in people. The unknown is near nothing.
 *
 * @param people as far as so many people are near
 */
record Nearness(Rules rules, int people) {
    /** In words, one for each threshold that is near. */
    List<String> of(Account account) {
        Measured measured = account.measured();
        List<String> near = new ArrayList<>();
        if (measured != null && measured.mau() != null) {
            if (measured.seats() != null && measured.seats() > 0) {
                nextSeats(measured.mau(), measured.seats()).ifPresent(near::add);
                heldSeats(measured.mau(), measured.seats()).ifPresent(near::add);
            }
            if (measured.usage() != null) {
                usage(measured.mau(), measured.usage()).ifPresent(near::add);
            }
        }
        return near;
    }

    private Optional<String> nextSeats(int mau, int seats) {
        return rules.seats().rising().stream()
                .filter(threshold -> needed(seats, threshold) > mau)
                .findFirst()
                .filter(threshold -> needed(seats, threshold) - mau <= people)
                .map(threshold -> mau + " of " + seats + " seats: "
                        + counted(needed(seats, threshold) - mau, "more active user") + " for " + threshold + " %");
    }

    private Optional<String> heldSeats(int mau, int seats) {
        return rules.seats().falling().stream()
                .filter(threshold -> needed(seats, threshold) <= mau)
                .reduce((lower, higher) -> higher)
                .filter(threshold -> mau - needed(seats, threshold) < people)
                .map(threshold -> mau + " of " + seats + " seats: with "
                        + counted(mau - needed(seats, threshold) + 1, "user") + " fewer it is below " + threshold
                        + " %");
    }

    private Optional<String> usage(int mau, double usage) {
        BigDecimal daily = BigDecimal.valueOf(usage).multiply(BigDecimal.valueOf(mau));
        int percent = rules.usageTarget().percent();
        BigDecimal target =
                BigDecimal.valueOf(mau).multiply(BigDecimal.valueOf(percent)).movePointLeft(2);
        // A fraction of two doubles: what is off by less than a millionth of a person is rounding.
        long missing = target.subtract(daily)
                .setScale(6, RoundingMode.HALF_UP)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        return missing > 0 && missing <= people
                ? Optional.of(
                        "a day has " + daily.setScale(1, RoundingMode.HALF_UP).toPlainString() + " of " + mau
                                + " monthly users: " + counted(missing, "more daily user") + " for " + percent + " %")
                : Optional.empty();
    }

    /** So many users are at a threshold of so many seats. */
    private static long needed(int seats, int threshold) {
        return (seats * (long) threshold + 99) / 100;
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
