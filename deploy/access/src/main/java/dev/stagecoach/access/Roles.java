package dev.stagecoach.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people and programs may do. Each of the first three may all that those before it may. */
public final class Roles {
    /** Reads what the team knows of accounts. */
    public static final String VIEWER = "viewer";

    /** Acts: on alerts, accounts, contacts, signals, mails. */
    public static final String SUCCESS = "success";

    /** Runs the services: imports, webhooks, bounces, the system page. */
    public static final String OPERATOR = "operator";

    /**
     * Names whom it acts for. Whoever has not this role acts in the own name only. It opens nothing by itself: a program needs one
     * of the other roles besides.
     */
    public static final String PROGRAM = "program";

    private static final List<String> LADDER = List.of(VIEWER, SUCCESS, OPERATOR);

    private Roles() {}

    /** For a token that is known to the service itself. */
    static Set<String> all() {
        return Set.of(VIEWER, SUCCESS, OPERATOR, PROGRAM);
    }

    /** These, and those that they include. */
    static Set<String> withIncluded(Set<String> roles) {
        return Stream.concat(roles.stream(), LADDER.stream().limit(height(roles)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many steps of the ladder these roles take. */
    private static long height(Set<String> roles) {
        return LADDER.stream()
                        .filter(roles::contains)
                        .mapToInt(LADDER::indexOf)
                        .max()
                        .orElse(-1)
                + 1L;
    }

    /** The highest of these roles, or that there is none. */
    static String highest(Set<String> roles) {
        int height = (int) height(roles);
        return height == 0 ? "no role of Stagecoach" : "the role " + LADDER.get(height - 1);
    }
}
