package dev.stagecoach.lifecycle;

import static dev.stagecoach.lifecycle.Fixtures.Customer.openDeal;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;

import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.Fixtures.Customer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random stories of accounts: for each day what happened to them after its tick, in the order in which it came. What a seed
 * tells never changes, so that a seed that fails can be told again.
 */
public final class Stories {
    private static final LocalDate FIRST = LocalDate.parse("2025-01-01");
    private static final List<String> FEATURES = List.of("search", "notebooks", "batch-changes", "insights");

    private final Random random;
    private final boolean factsChange;
    private final boolean late;
    private final List<Account> accounts = new ArrayList<>();

    private Stories(long seed, int count, boolean factsChange, boolean late) {
        random = new Random(seed);
        this.factsChange = factsChange;
        this.late = late;
        for (int n = 0; n < count; n++) {
            accounts.add(new Account("account-" + n));
        }
    }

    /** Facts change from time to time, usage comes on its day. */
    public static Stories of(long seed, int accounts) {
        return new Stories(seed, accounts, true, false);
    }

    public static Stories withLateUsage(long seed, int accounts) {
        return new Stories(seed, accounts, true, true);
    }

    /** All that is told about an account is told on its first day. */
    public static Stories ofUsageAlone(long seed, int accounts) {
        return new Stories(seed, accounts, false, true);
    }

    /** What happened, a list a day; the tick of the day comes first. */
    public List<List<Happening>> tell(int days) {
        List<List<Happening>> story = new ArrayList<>();
        for (int n = 0; n < days; n++) {
            LocalDate today = FIRST.plusDays(n);
            List<Happening> happenings = new ArrayList<>();
            happenings.add(Happened.tick(tickOf(today)));
            for (Account account : accounts) {
                account.live(today, happenings);
            }
            story.add(happenings);
        }
        return story;
    }

    private enum Kind {
        PINGS,
        CRITICAL_ONLY,
        EVENTS,
        BOTH,
        IDLE_PINGS,
        NOTHING
    }

    private final class Account {
        private final String id;
        private final Kind kind = pick(Kind.values());
        private final Integer seats = pick(null, 1, 5, 10, 20);
        private final boolean unlimited = random.nextInt(8) == 0;
        private final LocalDate toldOn = FIRST.plusDays(random.nextInt(30));
        private LocalDate closedOn = FIRST.plusDays(random.nextInt(140) - 40);
        private LocalDate expectedOn = random.nextBoolean() ? closedOn.plusDays(random.nextInt(90) - 30) : null;
        private LocalDate renewsOn = term(closedOn);
        private LocalDate extendedUntil;
        private LocalDate byHandUntil;
        private int heat = random.nextInt(12);
        private LocalDate silentUntil = FIRST;
        private int records;

        Account(String id) {
            this.id = id;
        }

        void live(LocalDate today, List<Happening> happenings) {
            boolean isFirst = today.equals(toldOn);
            if (isFirst || (factsChange && today.isAfter(toldOn) && change(today))) {
                happenings.add(Happened.told(next(), facts().facts()));
            }
            if (random.nextInt(40) == 0) {
                heat = random.nextInt(12);
            }
            if (random.nextInt(60) == 0) {
                silentUntil = today.plusDays(random.nextInt(60));
            }
            if (today.isAfter(silentUntil)) {
                use(today, happenings);
            }
        }

        private Customer facts() {
            Customer facts = openDeal().named(id).expectedOn(expectedOn).closedOn(closedOn);
            if (unlimited) {
                facts.unlimitedSeatsFor(seats);
            } else {
                facts.seats(seats);
            }
            if (byHandUntil != null) {
                facts.byHand(Stage.NURTURING, byHandUntil);
            }
            return facts.renewsOn(renewsOn).extendedUntil(extendedUntil);
        }

        private boolean change(LocalDate today) {
            if (renewsOn != null && renewsOn.isBefore(today.plusDays(20)) && random.nextInt(12) == 0) {
                renew(today);
                return true;
            }
            return switch (random.nextInt(150)) {
                case 0 -> {
                    closedOn = closedOn.plusDays(random.nextInt(20) - 10);
                    yield true;
                }
                case 1 -> {
                    extendedUntil = renewsOn == null ? null : renewsOn.plusDays(random.nextInt(30));
                    yield true;
                }
                case 2 -> {
                    byHandUntil = today.plusDays(random.nextInt(20));
                    yield true;
                }
                case 3 -> {
                    renewsOn = term(today);
                    yield true;
                }
                default -> false;
            };
        }

        private void renew(LocalDate today) {
            extendedUntil = null;
            if (random.nextBoolean()) {
                closedOn = today.plusDays(random.nextInt(12) - 6);
            }
            renewsOn = term(renewsOn.isAfter(today) ? renewsOn : today.plusDays(1));
        }

        private LocalDate term(LocalDate from) {
            Integer days = pick(30, 45, 90, 130, 200, 365, null);
            return days == null ? null : from.plusDays(days);
        }

        private void use(LocalDate today, List<Happening> happenings) {
            if (kind == Kind.PINGS || kind == Kind.BOTH || kind == Kind.CRITICAL_ONLY || kind == Kind.IDLE_PINGS) {
                ping("i1", today, happenings);
                if (heat > 8) {
                    ping("i2", today, happenings);
                }
            }
            if (kind == Kind.EVENTS || kind == Kind.BOTH) {
                for (int n = 0; n < heat; n++) {
                    Instant at = timeOn(today);
                    happenings.add(
                            Happened.used(next(), id, "user-" + random.nextInt(10), pick(FEATURES), at, tickOf(today)));
                }
            }
        }

        private void ping(String instance, LocalDate today, List<Happening> happenings) {
            for (int n = 0; n < 2; n++) {
                Instant at = timeOn(today);
                ActiveUsers users = switch (kind) {
                    case CRITICAL_ONLY -> ActiveUsers.of(null, heat);
                    case IDLE_PINGS -> random.nextBoolean() ? ActiveUsers.UNKNOWN : ActiveUsers.of(0, 0);
                    default -> new ActiveUsers(random.nextInt(heat + 1), null, heat, heat, null, null);
                };
                Map<String, Long> features = new HashMap<>();
                if (random.nextInt(30) == 0) {
                    features.put(pick(FEATURES), 1L + heat);
                }
                happenings.add(Happened.pinged(next(), id, instance, at, users, features));
            }
        }

        private Instant timeOn(LocalDate today) {
            LocalDate day = late && random.nextInt(6) == 0 ? today.minusDays(random.nextInt(45)) : today;
            return tickOf(day).minusSeconds(random.nextInt(17 * 3_600));
        }

        private String next() {
            return id + "-" + records++;
        }
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
