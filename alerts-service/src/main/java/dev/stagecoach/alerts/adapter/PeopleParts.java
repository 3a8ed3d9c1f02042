package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagecoach.alerts.adapter.AccountPage.Answer;
import dev.stagecoach.alerts.adapter.AccountPage.Count;
import dev.stagecoach.alerts.adapter.AccountPage.Mail;
import dev.stagecoach.alerts.adapter.AccountPage.Mails;
import dev.stagecoach.alerts.adapter.AccountPage.Mark;
import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.adapter.AccountPage.People;
import dev.stagecoach.alerts.history.EntryKind;
import dev.stagecoach.alerts.mail.ReasonWords;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of the page that are about contacts, whom it knows by their ids. */
final class PeopleParts {
    /** Without somebody in each of these, mails of the programme reach nobody. */
    private static final List<Role> NEEDED = List.of(Role.INSTANCE_ADMIN, Role.PROGRAM_CONTACT, Role.CHAMPION);

    private static final int MAILS = 12;

    private PeopleParts() {}

    static Map<String, List<String>> read(String json) {
        try {
            return EventCodec.json().readValue(json, new TypeReference<Map<String, List<String>>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored roles are no JSON", e);
        }
    }

    static People people(Optional<Map<String, List<String>>> people) {
        Map<String, List<String>> byId = people.orElse(Map.of());
        List<AccountPage.Role> roles = new ArrayList<>();
        for (Role role : Role.values()) {
            String holders = byId.entrySet().stream()
                    .filter(one -> one.getValue().contains(role.wireName()))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!holders.isEmpty()) {
                roles.add(new AccountPage.Role(role.wireName(), holders));
            }
        }
        List<String> missing = NEEDED.stream()
                .map(Role::wireName)
                .filter(needed -> roles.stream().noneMatch(role -> role.name().equals(needed)))
                .toList();
        return new People(people.isPresent(), missing, roles);
    }

    /** @param lines newest first: of several outcomes of a mail the last one counts */
    static Mails mails(List<JdbcTimeline.Line> lines, Map<EntryKind, Long> counts) {
        Map<String, Mail> mails = new LinkedHashMap<>();
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (JdbcTimeline.Line line : lines) {
            MessageOutcome outcome = line.dataAs(MessageOutcome.class);
            String key = String.join(
                    "\n", outcome.campaign(), outcome.occurrence(), outcome.step(), String.valueOf(outcome.contact()));
            if (!mails.containsKey(key)) {
                Mail mail = mail(line, outcome);
                mails.put(key, mail);
                numbers.merge(mail.state(), 1L, Long::sum);
            }
        }
        List<Mail> all = List.copyOf(mails.values());
        return new Mails(
                numbers.entrySet().stream()
                        .map(one -> new Count(one.getKey(), one.getValue()))
                        .toList(),
                counts.getOrDefault(EntryKind.MAIL, 0L) > lines.size(),
                all.subList(0, Math.min(MAILS, all.size())),
                all.size() > MAILS);
    }

    private static Mail mail(JdbcTimeline.Line line, MessageOutcome outcome) {
        EventType type = EventType.byWireName(line.type())
                .orElseThrow(() -> new IllegalStateException("no type of event: " + line.type()));
        return new Mail(
                outcome.campaign().replace('-', ' '),
                outcome.step().replace('-', ' '),
                outcome.contact() == null ? "nobody" : outcome.contact(),
                state(type),
                mark(type),
                outcome.reason() == null ? null : ReasonWords.of(outcome.reason()),
                new Moment(line.at()),
                line.id());
    }

    private static String state(EventType type) {
        return switch (type) {
            case MESSAGE_SENT -> "sent";
            case MESSAGE_SUPPRESSED -> "not sent";
            case MESSAGE_BOUNCED -> "bounced";
            case MESSAGE_FAILED -> "failed";
            default -> "in doubt";
        };
    }

    private static Mark mark(EventType type) {
        return switch (type) {
            case MESSAGE_SENT -> Mark.GOOD;
            case MESSAGE_SUPPRESSED -> Mark.UNKNOWN;
            case MESSAGE_BOUNCED, MESSAGE_FAILED -> Mark.BAD;
            default -> Mark.MIDDLING;
        };
    }

    static List<Answer> answers(List<JdbcTimeline.Line> lines) {
        return lines.stream()
                .map(line -> new Answer(line.title(), line.detail(), new Moment(line.at()), line.id()))
                .toList();
    }
}
