package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.events.AlertRaised;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An alert as Block Kit JSON. */
final class SlackMessage {
    /** Slack's limits for the text of a section and of a context element. */
    private static final int MOST_TEXT = 2900;

    private SlackMessage() {}

    static Map<String, Object> of(AlertRaised alert, String topic) {
        List<Object> blocks = new ArrayList<>();
        blocks.add(section("*" + linked(alert) + "*"));
        Object why = alert.facts().get("why");
        if (why != null) {
            blocks.add(section(escaped(why.toString())));
        }
        Object comment = alert.facts().get("comment");
        if (comment != null) {
            blocks.add(section("> " + escaped(comment.toString()).replace("\n", "\n> ")));
        }
        blocks.add(context(alert, topic));
        // The text is what notifications and screen readers say.
        return Map.of("text", escaped(alert.title()), "blocks", blocks);
    }

    private static Map<String, Object> section(String markdown) {
        return Map.of("type", "section", "text", text(markdown));
    }

    private static Map<String, Object> context(AlertRaised alert, String topic) {
        List<String> parts = new ArrayList<>();
        parts.add(AlertKind.byWireName(alert.kind()).map(AlertKind::label).orElse(alert.kind()));
        parts.add(alert.channel());
        parts.add(topic);
        if (alert.audience().contains(AlertPolicy.ACCOUNT_EXECUTIVE)) {
            parts.add("for the account executive too");
        }
        parts.add("<!date^" + alert.at().getEpochSecond() + "^{date_short_pretty} {time}|" + alert.at() + ">");
        return Map.of("type", "context", "elements", List.of(text(String.join(" · ", parts))));
    }

    private static Map<String, Object> text(String markdown) {
        return Map.of(
                "type", "mrkdwn", "text", markdown.length() <= MOST_TEXT ? markdown : markdown.substring(0, MOST_TEXT));
    }

    private static String linked(AlertRaised alert) {
        Object link = alert.facts().get("link");
        String title = escaped(alert.title()).replace('|', '¦');
        return link == null ? title : "<" + link + "|" + title + ">";
    }

    /** Slack's own escaping: these three, and nothing can become a mention or a link. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
