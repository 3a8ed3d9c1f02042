package dev.stagecoach.outreach.campaign;

import dev.stagecoach.events.Stage;
import java.util.Locale;

/** What starts a campaign. */
public sealed interface Trigger {
    /** The account enters a stage. */
    record StageEntered(Stage stage) implements Trigger {
        @Override
        public String toString() {
            return "stage-entered:" + stage.wireName();
        }
    }

    /** A milestone is reached; named as on the wire, {@code first-ping} for instance. */
    record MilestoneReached(String milestone) implements Trigger {
        @Override
        public String toString() {
            return "milestone:" + milestone;
        }
    }

    /**
     * A UTC day counted from contract close, which is day 0.
     *
     * @param day 0 or more
     */
    record DayAfterClose(int day) implements Trigger {
        public DayAfterClose {
            if (day < 0) {
                throw new IllegalArgumentException("day-after-close: " + day + " (expected: >= 0)");
            }
        }

        @Override
        public String toString() {
            return "day-after-close:" + day;
        }
    }

    /**
     * The inverse of {@code toString()}, which is what tables hold.
     *
     * @throws IllegalArgumentException naming the accepted kinds
     */
    static Trigger parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String parameter = text.substring(colon + 1);
        return switch (kind) {
            case "stage-entered" -> new StageEntered(Stage.of(parameter));
            case "milestone" -> new MilestoneReached(parameter);
            case "day-after-close" -> new DayAfterClose(Integer.parseInt(parameter));
            default ->
                throw new IllegalArgumentException("trigger: " + text
                        + " (expected one of: stage-entered:<stage>, milestone:<name>, day-after-close:<day>)");
        };
    }
}
