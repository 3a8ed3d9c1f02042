package dev.stagecoach.lifecycle;

import static dev.stagecoach.lifecycle.Fixtures.POLICY;
import static dev.stagecoach.lifecycle.Fixtures.USAGE;
import static dev.stagecoach.lifecycle.Fixtures.WITH_HEALTH;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.lifecycle.journey.DecideJourney;
import dev.stagecoach.lifecycle.journey.Decisions;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.stage.Standing;
import dev.stagecoach.lifecycle.usage.MeasureUsage;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every story. The seeds are new in each run and stand in the names of the tests; one that fails becomes a
 * test of its own by adding it to {@link #REMEMBERED}.
 */
class JourneyPropertiesTest {
    private static final long[] REMEMBERED = {1, 5070074652209382942L, 8388192833588641913L, 7649818023145288805L};
    private static final int DAYS = 420;
    private static final int ACCOUNTS = 8;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(REMEMBERED), new Random().longs(2));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void usageAloneNeverMovesAnAccountBackwards(long seed) {
        // When
        InMemoryBooks books = follow(Stories.ofUsageAlone(seed, ACCOUNTS).tell(DAYS), new InMemoryBooks());

        // Then
        stages(books).forEach((account, changes) -> {
            for (StageChanged change : changes) {
                if (change.from() != null) {
                    assertThat(change.to()).as("%s, seed %d", account, seed).isGreaterThan(change.from());
                }
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decidingTwiceDecidesNothingNew(long seed) {
        // Given
        InMemoryBooks books = new InMemoryBooks();
        FollowAccounts followAccounts = new FollowAccounts(WITH_HEALTH);
        for (List<Happening> day : Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS)) {
            followAccounts.follow(books, day);
            Instant now = books.now().orElseThrow();
            books.told().forEach(book -> {
                // When
                Journey journey = book.state().journey();
                Decisions again =
                        DecideJourney.of(WITH_HEALTH, book.facts(), book.counts(now), journey, List.of(), now, "again");

                // Then
                assertThat(again.events())
                        .as("%s at %s, seed %d", book.account(), now, seed)
                        .isEmpty();
                assertThat(again.journey()).isEqualTo(journey);
            });
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderOfTheUsageOfADayDoesNotMatter(long seed) {
        // Given
        List<List<Happening>> story = Stories.of(seed, ACCOUNTS).tell(DAYS);
        Random random = new Random(seed);

        // When
        InMemoryBooks inOrder = follow(story, new InMemoryBooks());
        InMemoryBooks shuffled = follow(
                story.stream().map(day -> factsFirst(shuffled(day, random))).toList(), new InMemoryBooks());

        // Then but for which instance or record was the first to show something: that is a matter of arrival
        assertThat(sorted(shuffled))
                .as("seed %d", seed)
                .filteredOn(decision -> !tellsAFirst(decision))
                .isEqualTo(sorted(inOrder).stream()
                        .filter(decision -> !tellsAFirst(decision))
                        .toList());
    }

    private static boolean tellsAFirst(String decision) {
        return decision.contains(EventType.FEATURE_FIRST_USED.name()) || decision.contains(EventType.FIRST_PING.name());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void usageOfOtherDaysCountsTheSameInAnyOrder(long seed) {
        // Given
        List<List<Happening>> story = Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS);
        Random random = new Random(seed);
        FollowAccounts followAccounts = new FollowAccounts(WITH_HEALTH);
        InMemoryBooks inOrder = new InMemoryBooks();
        InMemoryBooks inAnyOrder = new InMemoryBooks();

        for (List<Happening> day : story) {
            // When
            followAccounts.follow(inOrder, day);
            followAccounts.follow(inAnyOrder, shuffled(day, random));

            // Then
            Instant now = inOrder.now().orElseThrow();
            assertThat(figures(inAnyOrder, now)).as("%s, seed %d", now, seed).isEqualTo(figures(inOrder, now));
        }
    }

    private static Map<String, UsageFigures> figures(InMemoryBooks books, Instant now) {
        Map<String, UsageFigures> figures = new TreeMap<>();
        books.told()
                .forEach(book ->
                        figures.put(book.account(), MeasureUsage.of(USAGE, book.facts(), book.counts(now), now)));
        return figures;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatComesTwiceDecidesNothingNew(long seed) {
        // Given
        List<List<Happening>> story = Stories.of(seed, ACCOUNTS).tell(DAYS);
        Random random = new Random(seed);
        List<List<Happening>> repeating = story.stream()
                .map(day -> {
                    List<Happening> twice = new ArrayList<>(day);
                    day.stream().filter(happening -> random.nextInt(3) == 0).forEach(twice::add);
                    return twice;
                })
                .toList();

        // When
        InMemoryBooks once = follow(story, new InMemoryBooks());
        InMemoryBooks again = follow(repeating, new InMemoryBooks());

        // Then
        assertThat(sorted(again)).as("seed %d", seed).isEqualTo(sorted(once));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void unknownUsageMovesNoStage(long seed) {
        // Given the same facts, without usage and with pings that count nobody
        List<List<Happening>> story = Stories.of(seed, ACCOUNTS).tell(DAYS);
        List<List<Happening>> silent = story.stream()
                .map(day -> day.stream()
                        .filter(happening ->
                                !(happening instanceof Happening.Pinged) && !(happening instanceof Happening.Used))
                        .toList())
                .toList();
        List<List<Happening>> unknown = story.stream()
                .map(day ->
                        day.stream().map(JourneyPropertiesTest::withoutCounts).toList())
                .map(day -> day.stream()
                        .filter(happening -> !(happening instanceof Happening.Used))
                        .toList())
                .toList();

        // When
        InMemoryBooks withoutUsage = follow(silent, new InMemoryBooks());
        InMemoryBooks withUnknown = follow(unknown, new InMemoryBooks());

        // Then
        assertThat(timelines(withUnknown)).as("seed %d", seed).isEqualTo(timelines(withoutUsage));
        assertThat(timelines(withUnknown).toString()).doesNotContain("targets-met");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aReplayDecidesTheSame(long seed) {
        // When
        InMemoryBooks first = follow(Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS), new InMemoryBooks());
        InMemoryBooks replay = follow(Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS), new InMemoryBooks());

        // Then
        assertThat(replay.decided()).as("seed %d", seed).isEqualTo(first.decided());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anotherCutIntoBatchesMakesTheSameDecisions(long seed) {
        // Given
        List<List<Happening>> story = Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS);
        List<Happening> all = story.stream().flatMap(List::stream).toList();
        Random random = new Random(seed);
        List<List<Happening>> otherwise = new ArrayList<>();
        for (int from = 0; from < all.size(); ) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(60));
            otherwise.add(all.subList(from, to));
            from = to;
        }

        // When
        InMemoryBooks byDay = follow(story, new InMemoryBooks());
        InMemoryBooks byChance = follow(otherwise, new InMemoryBooks());

        // Then
        assertThat(byChance.all()).as("seed %d", seed).isEqualTo(byDay.all());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noTwoDecisionsHaveTheSameId(long seed) {
        // When
        InMemoryBooks books = follow(Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS), new InMemoryBooks());

        // Then
        assertThat(books.decided()).as("seed %d", seed).isNotEmpty();
        assertThat(books.decided()).as("seed %d", seed).extracting(Event::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyDecisionNamesThePolicyThatItWasMadeBy(long seed) {
        // When
        InMemoryBooks books = follow(Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS), new InMemoryBooks());

        // Then
        assertThat(books.all()).as("seed %d", seed).isNotEmpty().allSatisfy(event -> {
            JsonNode data = EventCodec.json().valueToTree(event.data());
            assertThat(data.findPath("policyVersion").textValue()).isEqualTo(POLICY.version());
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void lookingOnlyWhenDueMissesNothing(long seed) {
        // Given
        List<List<Happening>> story = Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS);
        InMemoryBooks daily = new InMemoryBooks() {
            private Instant lookedAt = Instant.MIN;

            @Override
            public List<AccountBook> due(Instant at, int most) {
                boolean isFirst = at.isAfter(lookedAt);
                lookedAt = at;
                return isFirst ? told() : List.of();
            }
        };

        // When
        InMemoryBooks whenDue = follow(story, new InMemoryBooks());
        follow(story, daily);

        // Then
        assertThat(sorted(whenDue)).as("seed %d", seed).isEqualTo(sorted(daily));
        assertThat(recaps(whenDue)).as("seed %d", seed).isEqualTo(recaps(daily));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aChurnTakenBackOnItsDayHasNotBeen(long seed) {
        // Given
        Random random = new Random(seed);
        FollowAccounts followAccounts = new FollowAccounts(POLICY);
        InMemoryBooks undisturbed = new InMemoryBooks();
        InMemoryBooks mistaken = new InMemoryBooks();

        for (List<Happening> day : Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS)) {
            // When
            followAccounts.follow(undisturbed, day);
            followAccounts.follow(mistaken, day);
            LocalDate today = LocalDate.ofInstant(mistaken.now().orElseThrow(), UTC);
            mistaken.told().stream().filter(book -> random.nextInt(20) == 0).forEach(book -> {
                AccountFacts facts = book.facts();
                followAccounts.follow(
                        mistaken,
                        List.of(Happened.told("churn", facts.withChurnedOn(today)), Happened.told("back", facts)));
            });

            // Then
            assertThat(standings(mistaken)).as("%s, seed %d", today, seed).isEqualTo(standings(undisturbed));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aChurnTakenBackLaterLeavesTheAccountWhereTimeBroughtIt(long seed) {
        // Given facts that are told once, without usage
        Random random = new Random(seed);
        FollowAccounts followAccounts = new FollowAccounts(POLICY);
        InMemoryBooks undisturbed = new InMemoryBooks();
        InMemoryBooks mistaken = new InMemoryBooks();
        Map<String, LocalDate> back = new TreeMap<>();

        for (List<Happening> day : Stories.ofUsageAlone(seed, ACCOUNTS).tell(DAYS)) {
            List<Happening> silent = day.stream()
                    .filter(happening ->
                            happening instanceof Happening.Ticked || happening instanceof Happening.FactsTold)
                    .toList();

            // When
            followAccounts.follow(undisturbed, silent);
            followAccounts.follow(mistaken, silent);
            LocalDate today = LocalDate.ofInstant(mistaken.now().orElseThrow(), UTC);
            mistaken.told().forEach(book -> {
                AccountFacts facts = book.facts();
                if (today.equals(back.get(book.account()))) {
                    back.remove(book.account());
                    followAccounts.follow(mistaken, List.of(Happened.told("back", facts.withChurnedOn(null))));
                } else if (!back.containsKey(book.account()) && random.nextInt(40) == 0) {
                    back.put(book.account(), today.plusDays(1L + random.nextInt(50)));
                    followAccounts.follow(mistaken, List.of(Happened.told("churn", facts.withChurnedOn(today))));
                }
            });

            // Then
            Map<String, Standing> expected = standings(undisturbed);
            Map<String, Standing> found = standings(mistaken);
            expected.keySet().removeAll(back.keySet());
            found.keySet().removeAll(back.keySet());
            assertThat(found).as("%s, seed %d", today, seed).isEqualTo(expected);
        }
    }

    private static Map<String, Standing> standings(InMemoryBooks books) {
        Map<String, Standing> standings = new TreeMap<>();
        books.told()
                .forEach(book ->
                        standings.put(book.account(), book.state().journey().standing()));
        return standings;
    }

    private static List<String> recaps(InMemoryBooks books) {
        return books.all().stream()
                .filter(event -> event.type() == EventType.USAGE_RECAP)
                .map(event -> event.time() + " " + event.data())
                .sorted()
                .toList();
    }

    private static InMemoryBooks follow(List<List<Happening>> story, InMemoryBooks books) {
        FollowAccounts followAccounts = new FollowAccounts(POLICY);
        story.forEach(batch -> followAccounts.follow(books, batch));
        return books;
    }

    private static List<Happening> shuffled(List<Happening> day, Random random) {
        List<Happening> afterTick = new ArrayList<>(day.subList(1, day.size()));
        Collections.shuffle(afterTick, random);
        afterTick.add(0, day.get(0));
        return afterTick;
    }

    /** Whether usage came before or after what was told on its day is another story. */
    private static List<Happening> factsFirst(List<Happening> day) {
        return day.stream()
                .sorted(Comparator.comparingInt(happening -> {
                    if (happening instanceof Happening.Ticked) {
                        return 0;
                    }
                    return happening instanceof Happening.FactsTold ? 1 : 2;
                }))
                .toList();
    }

    private static Happening withoutCounts(Happening happening) {
        return happening instanceof Happening.Pinged pinged
                ? Happened.pinged(
                        pinged.record().id(),
                        pinged.ping().account(),
                        pinged.ping().instance(),
                        pinged.ping().at(),
                        ActiveUsers.UNKNOWN,
                        Map.of())
                : happening;
    }

    private static Map<String, List<StageChanged>> stages(InMemoryBooks books) {
        Map<String, List<StageChanged>> stages = new LinkedHashMap<>();
        books.decided().stream()
                .filter(event -> event.type() == EventType.STAGE_CHANGED)
                .map(event -> (StageChanged) event.data())
                .forEach(change -> stages.computeIfAbsent(change.account(), account -> new ArrayList<>())
                        .add(change));
        return stages;
    }

    private static List<String> timelines(InMemoryBooks books) {
        List<String> timelines = new ArrayList<>();
        stages(books)
                .forEach((account, changes) -> changes.forEach(change -> timelines.add(account + " " + change.at() + " "
                        + change.to() + " " + change.reason().clause())));
        Collections.sort(timelines);
        return timelines;
    }

    /** Decisions without their causes: of several records of a day, another may be the last. */
    private static List<String> sorted(InMemoryBooks books) {
        return books.decided().stream()
                .map(event -> event.account() + " " + event.time() + " " + event.type() + " " + event.id() + " "
                        + event.data())
                .sorted()
                .toList();
    }
}
