package dev.stagecoach.alerts.act;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a person does with an alert. */
public sealed interface Act {
    /** Who does it. */
    String author();

    /** Why, or what there is to say; null when nothing was said. */
    @Nullable String comment();

    /** The name in tables and in JSON. */
    String wireName();

    /** Somebody knows, and cares for it. */
    record Acknowledge(String author, @Nullable String comment) implements Act {
        @Override
        public String wireName() {
            return "acknowledge";
        }
    }

    /** Not now: it is open again from an instant on. */
    record Snooze(String author, Instant until, @Nullable String comment) implements Act {
        @Override
        public String wireName() {
            return "snooze";
        }
    }

    /**
     * It is somebody's to look after.
     *
     * @param assignee null: nobody's in particular any more
     */
    record Assign(
            String author,
            @Nullable String assignee,
            @Nullable String comment) implements Act {
        @Override
        public String wireName() {
            return "assign";
        }
    }

    /** Something is said. */
    record Comment(String author, String comment) implements Act {
        @Override
        public String wireName() {
            return "comment";
        }
    }

    /** It needs a look after all. */
    record Reopen(String author, @Nullable String comment) implements Act {
        @Override
        public String wireName() {
            return "reopen";
        }
    }
}
