package dev.stagecoach.alerts.mail;

import java.time.DateTimeException;
import java.time.Period;

/** What starts a campaign, in words: {@code quarterly:90/P3M} is day 90, then every 3 months. */
public final class TriggerWords {
    private TriggerWords() {}

    /** A trigger as outreach-service names it; one that is not known here as it is. */
    public static String of(String trigger) {
        int colon = trigger.indexOf(':');
        if (colon < 0) {
            return trigger;
        }
        String parameter = trigger.substring(colon + 1);
        return switch (trigger.substring(0, colon)) {
            case "stage-entered" -> "the account enters " + parameter;
            case "milestone" -> "milestone: " + parameter.replace('-', ' ');
            case "day-after-close" -> "day " + parameter + " after the close of the contract";
            case "quarterly" -> quarterly(parameter);
            case "month-closed" ->
                "a month has closed" + (parameter.equals("0") ? "" : ", later than day " + parameter);
            case "health-became" -> "health becomes " + parameter.replace(",", " or ");
            case "feature-first-used" -> "first use of " + (parameter.equals("any") ? "a feature" : parameter);
            default -> trigger;
        };
    }

    private static String quarterly(String parameter) {
        String[] parts = parameter.split("/", 2);
        return "day " + parts[0] + " after the close of the contract, then every "
                + (parts.length < 2 ? "quarter" : months(parts[1]));
    }

    private static String months(String period) {
        try {
            long months = Period.parse(period).toTotalMonths();
            return months == 1 ? "month" : months + " months";
        } catch (DateTimeException e) {
            return period;
        }
    }
}
