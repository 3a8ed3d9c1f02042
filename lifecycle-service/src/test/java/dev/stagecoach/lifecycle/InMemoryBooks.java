package dev.stagecoach.lifecycle;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.journey.Cause;
import dev.stagecoach.lifecycle.journey.FirstUse;
import dev.stagecoach.lifecycle.journey.Journey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Books that are open all the time: nothing is ever written, nor read back. */
public class InMemoryBooks implements Books {
    public static final int REPEAT_WINDOW_DAYS = 2;

    private final Map<String, AccountBook> books = new TreeMap<>();
    private final List<Event<?>> events = new ArrayList<>();
    /** By account and id, the days of receipt of events that counted. */
    private final Map<List<String>, Set<Long>> receipts = new HashMap<>();

    private long latestReceipt = Long.MIN_VALUE + REPEAT_WINDOW_DAYS;
    private Instant now;
    private @Nullable String policy;
    private int looks;

    /** What was decided about stages, health and milestones, in order. */
    public List<Event<?>> decided() {
        return events.stream()
                .filter(event -> event.type() != EventType.USAGE_SUMMARY && event.type() != EventType.USAGE_RECAP)
                .toList();
    }

    /** All events that were handed on, in order. */
    public List<Event<?>> all() {
        return events;
    }

    /** How often an account was looked at. */
    public int looks() {
        return looks;
    }

    /** Books of accounts that someone told of. */
    public List<AccountBook> told() {
        return books.values().stream().filter(book -> book.facts() != null).toList();
    }

    public Journey journeyOf(String account) {
        return of(account).state().journey();
    }

    @Override
    public Optional<Instant> now() {
        return Optional.ofNullable(now);
    }

    @Override
    public void tick(Instant at, String policyVersion) {
        if (!policyVersion.equals(policy)) {
            told().forEach(book -> book.recall(book.facts(), book.state().due(Instant.EPOCH)));
        }
        policy = policyVersion;
        now = at;
    }

    @Override
    public boolean isNew(Used used) {
        long day = used.receiptDay();
        long first = latestReceipt - REPEAT_WINDOW_DAYS;
        Set<Long> others =
                receipts.computeIfAbsent(List.of(used.account(), used.record().id()), id -> new TreeSet<>());
        if (others.stream().anyMatch(other -> other >= first && Math.abs(other - day) <= REPEAT_WINDOW_DAYS)) {
            return false;
        }
        if (day >= first) {
            others.add(day);
            latestReceipt = Math.max(latestReceipt, day);
        }
        return true;
    }

    @Override
    public AccountBook of(String account) {
        return books.computeIfAbsent(account, AccountBook::new);
    }

    @Override
    public List<AccountBook> due(Instant at, int most) {
        return books.values().stream()
                .filter(book -> book.isDue(at))
                .sorted(Comparator.comparing(book -> book.state().nextDue()))
                .limit(most)
                .toList();
    }

    @Override
    public void decided(List<Event<?>> decisions, Cause cause, List<FirstUse> firstUses) {
        looks++;
        events.addAll(decisions);
    }
}
