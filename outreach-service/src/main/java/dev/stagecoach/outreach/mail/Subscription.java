package dev.stagecoach.outreach.mail;

import dev.stagecoach.outreach.campaign.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which mails a person does not want.
 *
 * @param nothing whether the person wants none at all, of no kind that there will ever be
 * @param off kinds that are not wanted
 */
public record Subscription(boolean nothing, Set<Kind> off) {
    /** What everybody has who said nothing. */
    public static final Subscription EVERYTHING = new Subscription(false, Set.of());

    public static final Subscription NOTHING = new Subscription(true, Set.of());

    public Subscription {
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        kinds.addAll(off);
        off = Collections.unmodifiableSet(kinds);
    }

    /**
     * A step from one subscription to another.
     *
     * @param off whether mails are not wanted from now on; else they are wanted again
     * @param kind null: all of them. All wanted again forgets what was said about single kinds
     */
    public record Change(boolean off, @Nullable Kind kind) {}

    /** Those kinds and no others. None of them: nothing at all. */
    public static Subscription to(Set<Kind> wanted) {
        EnumSet<Kind> off = EnumSet.allOf(Kind.class);
        off.removeAll(wanted);
        return wanted.isEmpty() ? NOTHING : new Subscription(false, off);
    }

    public boolean includes(Kind kind) {
        return !nothing && !off.contains(kind);
    }

    /** Without this kind too. */
    public Subscription without(Kind kind) {
        EnumSet<Kind> more = EnumSet.of(kind);
        more.addAll(off);
        return new Subscription(nothing, more);
    }

    /** The steps to what is wanted, in their order; none when nothing changes. */
    public List<Change> changesTo(Subscription wanted) {
        if (nothing && wanted.nothing) {
            return List.of();
        }
        if (wanted.nothing) {
            return List.of(new Change(true, null));
        }
        List<Change> changes = new ArrayList<>();
        if (nothing) {
            changes.add(new Change(false, null));
        }
        Set<Kind> offBefore = nothing ? Set.of() : off;
        Arrays.stream(Kind.values())
                .filter(kind -> offBefore.contains(kind) != wanted.off.contains(kind))
                .map(kind -> new Change(wanted.off.contains(kind), kind))
                .forEach(changes::add);
        return changes;
    }
}
