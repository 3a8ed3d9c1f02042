package dev.stagecoach.lifecycle;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.lifecycle.Happening.FactsTold;
import dev.stagecoach.lifecycle.Happening.Pinged;
import dev.stagecoach.lifecycle.Happening.Ticked;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.journey.DecideJourney;
import dev.stagecoach.lifecycle.journey.Decisions;
import dev.stagecoach.lifecycle.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the accounts of a partition through what happens to them, in the order in which it happened: usage and facts are
 * gathered up to the next tick, counted together, and decided on together.
 */
public final class FollowAccounts {
    private static final int MOST_DUE_AT_ONCE = 500;

    private final Policy policy;

    public FollowAccounts(Policy policy) {
        this.policy = policy;
    }

    /** Applies happenings of one partition to its books. */
    public void follow(Books books, List<Happening> happenings) {
        Gathered gathered = new Gathered();
        for (Happening happening : happenings) {
            if (happening instanceof Ticked tick) {
                apply(books, gathered);
                gathered = new Gathered();
                letTimePass(books, tick);
            } else {
                gathered.add(happening);
            }
        }
        apply(books, gathered);
    }

    private void apply(Books books, Gathered gathered) {
        if (gathered.causes.isEmpty()) {
            return;
        }
        books.tell(gathered.facts.values());
        // Which ping was an instance's first, and which use a feature's, is a matter of time and not of arrival.
        gathered.pings.sort(
                Comparator.comparing((Pinged pinged) -> pinged.ping().at()).thenComparing(Pinged::id));
        gathered.events.sort(
                Comparator.comparing((Used used) -> used.event().at()).thenComparing(Used::id));
        books.count(gathered.pings, gathered.events);
        Optional<Instant> now = books.now();
        if (now.isEmpty()) {
            books.postpone(gathered.causes.keySet());
            return;
        }
        decide(books, gathered.causes, now.get());
    }

    private void letTimePass(Books books, Ticked tick) {
        Instant before = books.now().orElse(Instant.MIN);
        if (!tick.at().isAfter(before)) {
            // A second ticker, or the same tick again: time has passed already.
            return;
        }
        books.tick(tick.at());
        List<String> due = books.due(tick.at(), MOST_DUE_AT_ONCE);
        while (!due.isEmpty()) {
            Map<String, String> causes = new HashMap<>();
            due.forEach(account -> causes.put(account, tick.id()));
            decide(books, causes, tick.at());
            due = books.due(tick.at(), MOST_DUE_AT_ONCE);
        }
    }

    private void decide(Books books, Map<String, String> causes, Instant now) {
        Map<String, Decisions> decisions = new LinkedHashMap<>();
        books.open(Set.copyOf(causes.keySet()), now)
                .forEach((account, book) -> decisions.put(
                        account,
                        DecideJourney.of(
                                policy,
                                book.facts(),
                                book.counts(),
                                book.journey(),
                                book.firstUses(),
                                now,
                                causes.get(account))));
        books.close(decisions, now);
    }

    /** What has come in since the last tick; the last record of an account is the cause of what is decided about it. */
    private static final class Gathered {
        final Map<String, String> causes = new LinkedHashMap<>();
        final Map<String, AccountFacts> facts = new LinkedHashMap<>();
        final List<Pinged> pings = new ArrayList<>();
        final List<Used> events = new ArrayList<>();

        void add(Happening happening) {
            if (happening instanceof FactsTold told) {
                facts.put(told.facts().account(), told.facts());
                causes.put(told.facts().account(), told.id());
            } else if (happening instanceof Pinged pinged) {
                pings.add(pinged);
                causes.put(pinged.ping().account(), pinged.id());
            } else if (happening instanceof Used used) {
                events.add(used);
                causes.put(used.event().account(), used.id());
            }
        }
    }
}
