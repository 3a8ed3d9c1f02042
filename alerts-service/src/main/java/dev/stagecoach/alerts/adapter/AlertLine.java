package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.act.AlertState;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.AlertPolicy;
import io.quarkus.qute.TemplateData;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alert in the list of the page.
 *
 * @param chatProblem why it has not reached the chat, if it has not
 * @param acts what people did with it, oldest first
 */
@TemplateData
record AlertLine(StoredAlert alert, @Nullable String chatProblem, List<Done> acts) {
    /** What a person did with an alert. */
    @TemplateData
    record Done(PastAct act) {
        public String author() {
            return act.author();
        }

        /** What comes after the author's name. */
        public String text() {
            return switch (act.act()) {
                case "acknowledge" -> "acknowledged it";
                case "snooze" -> act.until() == null ? "snoozed it" : "snoozed it until " + PageText.time(act.until());
                case "assign" -> act.assignee() == null ? "assigned it to nobody" : "assigned it to " + act.assignee();
                case "reopen" -> "reopened it";
                case "wake" -> "the snooze was over";
                default -> "commented";
            };
        }

        public @Nullable String comment() {
            return act.comment();
        }

        public String at() {
            return act.at().toString();
        }

        public String atText() {
            return PageText.time(act.at());
        }
    }

    private static final Set<String> SHOWN_ELSEWHERE = Set.of("why", "link", "accountName", "comment", "nearestMiss");

    public String id() {
        return alert.id();
    }

    public String kind() {
        return alert.kind();
    }

    public String kindLabel() {
        return AlertKind.byWireName(alert.kind()).map(AlertKind::label).orElse(alert.kind());
    }

    public String title() {
        return alert.title();
    }

    public String link() {
        return AlertsRunner.accountLink(URI.create(""), alert.account());
    }

    public String at() {
        return alert.at().toString();
    }

    public String atText() {
        return PageText.time(alert.at());
    }

    public String channel() {
        return alert.channel();
    }

    public String state() {
        return alert.state();
    }

    public boolean open() {
        return alert.state().equals(AlertState.OPEN.wireName());
    }

    public @Nullable String snoozedUntil() {
        return alert.snoozedUntil() == null ? null : alert.snoozedUntil().toString();
    }

    public @Nullable String snoozedUntilText() {
        return alert.snoozedUntil() == null ? null : PageText.time(alert.snoozedUntil());
    }

    public @Nullable String assignee() {
        return alert.assignee();
    }

    public boolean forExecutive() {
        return alert.audience().contains(AlertPolicy.ACCOUNT_EXECUTIVE);
    }

    public @Nullable String why() {
        return text("why");
    }

    public @Nullable String comment() {
        return text("comment");
    }

    private @Nullable String text(String fact) {
        Object value = alert.facts().get(fact);
        return value == null ? null : value.toString();
    }

    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        alert.facts().forEach((name, value) -> {
            if (name.equals("inputs") && value instanceof List<?> inputs) {
                inputs.forEach(input -> facts.add(input(input)));
            } else if (!SHOWN_ELSEWHERE.contains(name)) {
                facts.add(new Fact(name, value(name, value)));
            }
        });
        facts.add(new Fact("caused by", String.valueOf(alert.causedBy())));
        return facts;
    }

    private static Fact input(Object input) {
        if (!(input instanceof Map<?, ?> map)) {
            return new Fact("input", String.valueOf(input));
        }
        String name = String.valueOf(map.get("name"));
        String value = map.get("value") == null ? "unknown" : value(name, map.get("value"));
        String threshold =
                map.get("threshold") == null ? "" : " (compared with " + value(name, map.get("threshold")) + ")";
        return new Fact(name, value + threshold);
    }

    /** Fractions travel as such and read as percent. */
    private static String value(String name, @Nullable Object value) {
        if (value instanceof Double number
                && (name.equals("utilization") || name.equals("usage") || name.equals("threshold"))) {
            return PageText.percent(number);
        }
        if (value instanceof Integer number && name.equals("threshold")) {
            return number + " %";
        }
        return value instanceof List<?> list
                ? String.join(", ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    /** A name and its value, to be shown. */
    @TemplateData
    record Fact(String name, String value) {}
}
