package dev.stagecoach.local.chaos;

import dev.stagecoach.local.chaos.Fault.Kind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Faults over a span of days, by chance from a seed. Everything that can fail fails about as often. */
public record FaultPlan(List<Fault> faults) {

    private static final double KILLED = 0.6;
    private static final long LONGEST_DEAD_MILLIS = 3_000;

    /** Beyond the ten seconds after which Kafka takes a silent member of a group for dead. */
    private static final long LONGEST_FROZEN_MILLIS = 12_000;

    private static final long SHORTEST_FROZEN_MILLIS = 1_000;

    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /**
     * A plan that is the same for the same arguments. A third of the faults are on the first of a month, when most is decided.
     *
     * @param number how many faults
     * @param targets how many things can fail
     * @param first the first day on which something may fail
     * @param last the last one
     */
    public static FaultPlan of(long seed, int number, int targets, LocalDate first, LocalDate last) {
        var random = new Random(seed);
        var faults = new ArrayList<Fault>();
        List<Integer> deck = new ArrayList<>();
        while (faults.size() < number) {
            if (deck.isEmpty()) {
                IntStream.range(0, targets).forEach(deck::add);
                Collections.shuffle(deck, random);
            }
            faults.add(fault(day(random, first, last), deck.remove(deck.size() - 1), random));
        }
        faults.sort(Comparator.comparing(Fault::day).thenComparing(Fault::partOfDay));
        return new FaultPlan(faults);
    }

    private static LocalDate day(Random random, LocalDate first, LocalDate last) {
        var day = first.plusDays(random.nextInt((int) (last.toEpochDay() - first.toEpochDay()) + 1));
        var firstOfMonth = day.withDayOfMonth(1);
        return random.nextInt(3) == 0 && !firstOfMonth.isBefore(first) ? firstOfMonth : day;
    }

    private static Fault fault(LocalDate day, int target, Random random) {
        double partOfDay = random.nextDouble();
        boolean killed = random.nextDouble() < KILLED;
        long millis = killed
                ? random.nextLong(LONGEST_DEAD_MILLIS)
                : random.nextLong(SHORTEST_FROZEN_MILLIS, LONGEST_FROZEN_MILLIS);
        return new Fault(day, partOfDay, target, killed ? Kind.KILL : Kind.FREEZE, Duration.ofMillis(millis));
    }

    /** Those of a day, in their order. */
    public List<Fault> on(LocalDate day) {
        return faults.stream().filter(fault -> fault.day().equals(day)).toList();
    }
}
