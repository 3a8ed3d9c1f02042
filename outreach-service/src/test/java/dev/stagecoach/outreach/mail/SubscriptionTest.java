package dev.stagecoach.outreach.mail;

import static dev.stagecoach.outreach.campaign.Kind.CHECK_INS;
import static dev.stagecoach.outreach.campaign.Kind.ENABLEMENT;
import static dev.stagecoach.outreach.campaign.Kind.HEALTH;
import static dev.stagecoach.outreach.campaign.Kind.ONBOARDING;
import static dev.stagecoach.outreach.campaign.Kind.RECAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.mail.Subscription.Change;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static final long SEED = 20260212;

    @Test
    void whoSaidNothingGetsEverything() {
        assertThat(Kind.values()).allMatch(Subscription.EVERYTHING::includes);
    }

    @Test
    void choosingNoneMeansNothingAtAll() {
        assertThat(Subscription.to(Set.of())).isEqualTo(Subscription.NOTHING);
        assertThat(Kind.values()).noneMatch(Subscription.NOTHING::includes);
    }

    @Test
    void whatStaysIsNotToldAgain() {
        Subscription recapsOff = Subscription.EVERYTHING.without(RECAPS);

        assertThat(recapsOff.changesTo(recapsOff.without(RECAPS))).isEmpty();
        assertThat(recapsOff.changesTo(recapsOff.without(HEALTH))).containsExactly(new Change(true, HEALTH));
        assertThat(Subscription.NOTHING.changesTo(Subscription.NOTHING)).isEmpty();
    }

    @Test
    void comingBackFromNothingNamesWhatStaysOff() {
        assertThat(Subscription.NOTHING.changesTo(Subscription.to(EnumSet.of(RECAPS, CHECK_INS))))
                .containsExactly(
                        new Change(false, null),
                        new Change(true, ONBOARDING),
                        new Change(true, HEALTH),
                        new Change(true, ENABLEMENT));
    }

    @Test
    void whoFollowsTheChangesKnowsTheSubscription() {
        Random random = new Random(SEED);
        Subscription now = Subscription.EVERYTHING;
        boolean nothing = false;
        Set<Kind> off = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Subscription wanted = any(random, now);
            for (Change change : now.changesTo(wanted)) {
                if (change.kind() == null) {
                    nothing = change.off();
                    off.clear();
                } else if (change.off()) {
                    off.add(change.kind());
                } else {
                    off.remove(change.kind());
                }
            }
            now = wanted;
            for (Kind kind : Kind.values()) {
                assertThat(!nothing && !off.contains(kind))
                        .as("seed %d, round %d, %s", SEED, i, kind)
                        .isEqualTo(wanted.includes(kind));
            }
        }
    }

    private static Subscription any(Random random, Subscription now) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (random.nextBoolean()) {
                kinds.add(kind);
            }
        }
        return switch (random.nextInt(4)) {
            case 0 -> Subscription.NOTHING;
            case 1 -> Subscription.EVERYTHING;
            case 2 -> now.nothing() ? now : now.without(ONBOARDING);
            default -> Subscription.to(kinds);
        };
    }
}
