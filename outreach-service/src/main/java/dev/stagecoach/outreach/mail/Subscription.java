package dev.stagecoach.outreach.mail;

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
public record Subscription(boolean nothing, Set<MailKind> off) {
    /** What everybody has who said nothing. */
    public static final Subscription EVERYTHING = new Subscription(false, Set.of());

    public static final Subscription NOTHING = new Subscription(true, Set.of());

    public Subscription {
        EnumSet<MailKind> kinds = EnumSet.noneOf(MailKind.class);
        kinds.addAll(off);
        off = Collections.unmodifiableSet(kinds);
    }

    /**
     * A step from one subscription to another.
     *
     * @param off whether mails are not wanted from now on; else they are wanted again
     * @param kind null: all of them. All wanted again forgets what was said about single kinds
     */
    public record Change(boolean off, @Nullable MailKind kind) {}

    /** Those kinds and no others. None of them: nothing at all. */
    public static Subscription to(Set<MailKind> wanted) {
        EnumSet<MailKind> off = EnumSet.allOf(MailKind.class);
        off.removeAll(wanted);
        return wanted.isEmpty() ? NOTHING : new Subscription(false, off);
    }

    public boolean includes(MailKind kind) {
        return !nothing && !off.contains(kind);
    }

    /** Without this kind too. */
    public Subscription without(MailKind kind) {
        EnumSet<MailKind> more = EnumSet.of(kind);
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
        Set<MailKind> offBefore = nothing ? Set.of() : off;
        Arrays.stream(MailKind.values())
                .filter(kind -> offBefore.contains(kind) != wanted.off.contains(kind))
                .map(kind -> new Change(wanted.off.contains(kind), kind))
                .forEach(changes::add);
        return changes;
    }
}
