package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.delivery.AccountAlerts;
import dev.stagecoach.alerts.delivery.Message;
import dev.stagecoach.alerts.delivery.Message.Digest;
import dev.stagecoach.alerts.delivery.Message.Single;
import dev.stagecoach.alerts.delivery.Message.Weekly;
import dev.stagecoach.alerts.delivery.Waiting;
import dev.stagecoach.alerts.digest.Digest.Line;
import dev.stagecoach.alerts.digest.Digest.Section;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.events.AlertRaised;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Alerts as Block Kit JSON, within its limits: 3,000 characters a text, 50 blocks a message. */
final class SlackMessage {
    /**
     * Of all texts of a digest. Slack refuses messages with much less than fifty times three thousand characters: from about
     * 11,000 on, as {@code msg_blocks_too_long}.
     */
    static final int ROOM_OF_DIGEST = 8_000;

    private static final int MOST_TEXT = 2_900;
    private static final int MOST_TITLE = 300;
    private static final int MOST_NAME = 100;
    private static final int MOST_LINK = 500;
    private static final int MOST_TITLES = 3;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);

    private SlackMessage() {}

    static Map<String, Object> of(Message message) {
        if (message instanceof Single single) {
            return of(single.alert(), single.topic());
        }
        return message instanceof Weekly weekly ? of(weekly) : of((Digest) message);
    }

    private static Map<String, Object> of(Weekly weekly) {
        String head = "Weekly digest for " + weekly.digest().owner() + ", "
                + DATE.format(weekly.digest().date());
        List<Object> blocks = new ArrayList<>();
        blocks.add(section("*" + SlackText.label(head, MOST_TITLE) + "*"));
        List<Section> sections = weekly.digest().sections();
        int room = ROOM_OF_DIGEST;
        for (int at = 0; at < sections.size(); at++) {
            List<String> lines = lines(sections.get(at), room / (sections.size() - at));
            room -= lines.stream().mapToInt(line -> line.length() + 1).sum();
            texts(lines).forEach(text -> blocks.add(section(text)));
        }
        return message(SlackText.escaped(head, MOST_TITLE), blocks);
    }

    /** A section's title and as many of its lines as there is room for. */
    private static List<String> lines(Section section, int room) {
        List<String> lines = new ArrayList<>();
        lines.add("*" + SlackText.label(section.title(), MOST_NAME) + "* ("
                + section.lines().size() + ")");
        int left = room - MOST_NAME;
        for (Line line : section.lines()) {
            String text = "• " + linked(line.link(), line.name(), MOST_NAME) + ": "
                    + SlackText.label(line.text(), MOST_TITLE);
            left -= text.length() + 1;
            if (left < 0) {
                lines.add("and " + (section.lines().size() - lines.size() + 1) + " more");
                break;
            }
            lines.add(text);
        }
        return lines;
    }

    private static Map<String, Object> of(AlertRaised alert, String topic) {
        List<Object> blocks = new ArrayList<>();
        blocks.add(section("*" + linked(link(alert.facts().get("link")), alert.title(), MOST_TITLE) + "*"));
        Object why = alert.facts().get("why");
        if (why != null) {
            blocks.add(section(SlackText.escaped(why.toString(), MOST_TEXT)));
        }
        Object comment = alert.facts().get("comment");
        if (comment != null) {
            blocks.add(section(SlackText.quoted(comment.toString(), MOST_TEXT)));
        }
        blocks.add(context(alert, topic));
        return message(SlackText.escaped(alert.title(), MOST_TEXT), blocks);
    }

    private static Map<String, Object> of(Digest digest) {
        String head = counted(digest.alerts(), "alert") + " of "
                + counted(digest.accounts().size(), "account");
        List<Object> blocks = new ArrayList<>();
        blocks.add(section("*" + head + "*, together because so many came at once"));
        texts(digest.accounts().stream().map(SlackMessage::line).toList()).forEach(text -> blocks.add(section(text)));
        if (digest.left() > 0) {
            blocks.add(section(counted(digest.left(), "more alert") + " in the next messages"));
        }
        return message(head, blocks);
    }

    /** Lines, as many to a text as it holds. */
    private static List<String> texts(List<String> lines) {
        List<String> sections = new ArrayList<>();
        StringBuilder section = new StringBuilder();
        for (String line : lines) {
            if (!section.isEmpty() && section.length() + 1 + line.length() > MOST_TEXT) {
                sections.add(section.toString());
                section.setLength(0);
            }
            section.append(section.isEmpty() ? "" : "\n").append(line);
        }
        sections.add(section.toString());
        return sections;
    }

    /** An account in a digest: its alert, or how many of which kind, and those that everybody should see. */
    static String line(AccountAlerts account) {
        String link = account.link();
        if (account.alerts().size() == 1) {
            return "• " + linked(link, account.alerts().get(0).title(), MOST_TITLE);
        }
        String counts = account.counts().entrySet().stream()
                .map(count -> count.getValue() + " × " + SlackText.label(count.getKey(), MOST_NAME))
                .collect(Collectors.joining(", "));
        return "• *" + linked(link, account.name(), MOST_NAME) + "*: "
                + counted(account.alerts().size(), "alert") + " (" + counts + ")" + titles(account.broadcast());
    }

    private static String titles(List<Waiting> alerts) {
        String titles = alerts.stream()
                .limit(MOST_TITLES)
                .map(alert -> "\n      " + SlackText.label(alert.title(), MOST_TITLE))
                .collect(Collectors.joining());
        return alerts.size() > MOST_TITLES ? titles + "\n      and " + (alerts.size() - MOST_TITLES) + " more" : titles;
    }

    /** The text is what notifications and screen readers say, and what is shown where blocks are not. */
    private static Map<String, Object> message(String text, List<Object> blocks) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", text);
        message.put("blocks", blocks);
        message.put("unfurl_links", false);
        message.put("unfurl_media", false);
        return message;
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
        return Map.of("type", "mrkdwn", "text", markdown);
    }

    private static @Nullable String link(@Nullable Object link) {
        return link == null ? null : link.toString();
    }

    private static String linked(@Nullable String link, String text, int most) {
        String label = SlackText.label(text, most);
        return link == null || link.length() > MOST_LINK ? label : "<" + link + "|" + label + ">";
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
