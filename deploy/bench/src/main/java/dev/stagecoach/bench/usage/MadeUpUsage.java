package dev.stagecoach.bench.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.UsageEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a {@link UsageShape}, as usage-ingest would have written it: accounts first, then events in the order of their receipt, and
 * a tick each full hour. An event happened seconds before its receipt, one in twenty some minutes before. One in a hundred does
 * again, under an id of its own, what the one before it did.
 */
public final class MadeUpUsage {

    private static final String SOURCE = "/usage-ingest/v1/batch";
    private static final Duration TICK = Duration.ofHours(1);

    private static final int USUAL_DELAY_MILLIS = 5_000;
    private static final int LONG_DELAY_MILLIS = 300_000;
    private static final double LATE = 0.05;
    private static final double AGAIN = 0.01;

    private static final List<String> FEATURES = List.of(
            "search",
            "code-navigation",
            "cody-chat",
            "cody-autocomplete",
            "batch-changes",
            "code-insights",
            "code-monitoring",
            "notebooks",
            "search-jobs",
            "search-contexts",
            "own",
            "executors");
    private static final List<String> ACTIONS = List.of("open", "run", "view", "accept", "share");
    private static final List<String> CLIENTS = List.of("web", "vscode", "jetbrains", "cli");

    private final UsageShape shape;
    private final Zipf accountRanks;
    private final Zipf userRanks;
    private final Zipf featureRanks = new Zipf(FEATURES.size());
    private final int[] usersOf;

    public MadeUpUsage(UsageShape shape) {
        this.shape = shape;
        this.accountRanks = new Zipf(shape.accounts());
        this.usersOf = usersOf(shape, accountRanks);
        this.userRanks = new Zipf(usersOf[0]);
    }

    /** Users fall to accounts as events do, and none goes empty. The first account has the most. */
    private static int[] usersOf(UsageShape shape, Zipf ranks) {
        int toGive = shape.users() - shape.accounts();
        int[] users = new int[shape.accounts()];
        int given = 0;
        for (int account = 0; account < users.length; account++) {
            int share = (int) (toGive * ranks.share(account));
            users[account] = 1 + share;
            given += share;
        }
        users[0] += toGive - given;
        return users;
    }

    public UsageShape shape() {
        return shape;
    }

    /** The id of an account, by its number from 0. */
    static String account(int number) {
        return "account-%05d".formatted(number);
    }

    /** Tells all of it in order. A tick comes once, though it belongs into every partition. */
    public void tell(Consumer<Event<?>> listener) {
        for (int account = 0; account < shape.accounts(); account++) {
            listener.accept(facts(account));
        }
        new Telling(listener).run();
    }

    /** How many records {@link #tell} tells, apart from events. */
    public int ticks() {
        return (int) Duration.between(shape.start(), shape.end()).dividedBy(TICK) + 1;
    }

    private Event<AccountFacts> facts(int number) {
        var account = account(number);
        var closedOn = shape.from().minusDays(90 + number % 120);
        var facts = new AccountFacts(
                account,
                "Company " + number,
                number < 20 ? Segment.MANAGED : Segment.DIGITAL,
                List.of(Product.CODE_SEARCH),
                usersOf[number] + usersOf[number] / 4 + 1,
                false,
                null,
                null,
                closedOn,
                closedOn.plusYears(2),
                null,
                ZoneId.of("UTC"),
                Owners.NONE,
                List.of(),
                null);
        var at = shape.start().minus(Duration.ofMinutes(1));
        return Event.of(
                DecisionId.of("bench-facts", account),
                EventType.ACCOUNT_FACTS,
                "/lifecycle-service",
                account,
                at,
                null,
                facts);
    }

    /** One pass, with its own chance and clock. */
    private final class Telling {
        private final Consumer<Event<?>> listener;
        private final SplittableRandom chance = new SplittableRandom(shape.seed());
        private final long startMillis = shape.start().toEpochMilli();
        private final double millisPerEvent =
                Duration.between(shape.start(), shape.end()).toMillis() / (double) shape.events();
        private Instant nextTick = shape.start();
        private @Nullable UsageEvent before;

        Telling(Consumer<Event<?>> listener) {
            this.listener = listener;
        }

        void run() {
            for (int number = 0; number < shape.events(); number++) {
                var receivedAt =
                        Instant.ofEpochMilli(startMillis + (long) (millisPerEvent * (number + chance.nextDouble())));
                tickUntil(receivedAt);
                var event = event(receivedAt);
                before = event;
                listener.accept(
                        Event.of(event.id(), EventType.USAGE_EVENT, SOURCE, event.account(), receivedAt, null, event));
            }
            tickUntil(shape.end());
        }

        private void tickUntil(Instant time) {
            while (!nextTick.isAfter(time)) {
                listener.accept(tick(nextTick));
                nextTick = nextTick.plus(TICK);
            }
        }

        private UsageEvent event(Instant receivedAt) {
            int delay = chance.nextInt(chance.nextDouble() < LATE ? LONG_DELAY_MILLIS : USUAL_DELAY_MILLIS);
            var at = receivedAt.minusMillis(delay);
            if (before != null && chance.nextDouble() < AGAIN) {
                return again(before, at, receivedAt);
            }
            int account = accountRanks.rank(shape.accounts(), chance);
            int user = userRanks.rank(usersOf[account], chance);
            var feature = FEATURES.get(featureRanks.rank(FEATURES.size(), chance));
            return new UsageEvent(
                    id(),
                    account(account),
                    null,
                    pseudonym(account, user),
                    "Feature Used",
                    feature,
                    ACTIONS.get(chance.nextInt(ACTIONS.size())),
                    at,
                    receivedAt,
                    properties());
        }

        private UsageEvent again(UsageEvent event, Instant at, Instant receivedAt) {
            return new UsageEvent(
                    id(),
                    event.account(),
                    null,
                    event.user(),
                    event.name(),
                    event.feature(),
                    event.action(),
                    at,
                    receivedAt,
                    event.properties());
        }

        private String id() {
            return new UUID(chance.nextLong(), chance.nextLong()).toString();
        }

        private JsonNode properties() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("client", CLIENTS.get(chance.nextInt(CLIENTS.size())))
                    .put("results", chance.nextInt(100));
        }
    }

    /** As long as those that usage-ingest makes. */
    private static String pseudonym(int account, int user) {
        var mixed = new SplittableRandom(account * 1_000_003L + user);
        var bytes = ByteBuffer.allocate(16).putLong(mixed.nextLong()).putLong(mixed.nextLong());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static Event<TimeTick> tick(Instant at) {
        return new Event<>(
                DecisionId.of("bench-tick", at),
                EventType.TIME_TICK,
                EventType.TIME_TICK.topic(),
                "/lifecycle-service",
                null,
                at,
                null,
                new TimeTick(at));
    }
}
