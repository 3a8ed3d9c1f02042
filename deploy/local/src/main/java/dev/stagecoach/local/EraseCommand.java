package dev.stagecoach.local;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.erasure.Finding;
import dev.stagecoach.local.erasure.TopicMemory;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagecoach erase}. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Forgets a person who is no contact any more: the address in outreach-service's tables and in all topics, and what the person"
                    + " wrote in answers. Looks for it in every record of every topic, and says where it still is. Exit code 0 if nowhere, 1 if"
                    + " somewhere."
        })
final class EraseCommand implements Callable<Integer> {

    private static final int MOST_SHOWN = 20;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ADDRESS", description = "The mail address of the person.")
    private String address = "";

    @Option(
            names = "--author",
            paramLabel = "NAME",
            description = {
                "Who wants it, by name or address. Whoever has signed in leaves it out; with the token of the local stack it is the user of"
                        + " this machine when not given."
            })
    private @Nullable String author;

    @Option(
            names = "--delete-from",
            paramLabel = "TOPIC",
            split = ",",
            description = {
                "Topics in which to delete the records that have the address, and with them all older ones of their partitions: Kafka knows no"
                        + " other way. Not needed for contacts, which is compacted. Look first without it."
            })
    private List<String> deleteFrom = List.of();

    @Option(
            names = "--skip",
            paramLabel = "TOPIC",
            split = ",",
            description =
                    "Topics that are too large to be looked through, such as usage.events, which has no addresses.")
    private List<String> skipped = List.of();

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long Kafka may take to compact contacts; ${DEFAULT-VALUE} when not given.",
            defaultValue = "300")
    private int patienceSeconds;

    @Option(names = "--outreach", paramLabel = "URL", description = "Another outreach-service than the local stack's.")
    private @Nullable URI outreach;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = {
                "The bearer token of an operator; better in the environment variable STAGECOACH_TOKEN. '"
                        + ServiceSettings.TOKEN + "', that of the local stack, when neither is given."
            },
            defaultValue = "${env:STAGECOACH_TOKEN:-" + ServiceSettings.TOKEN + "}",
            showDefaultValue = Visibility.NEVER)
    private String token = ServiceSettings.TOKEN;

    @Mixin
    private KafkaAddress kafka = new KafkaAddress();

    private final Terminal terminal;

    EraseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (address.strip().indexOf('@') < 1) {
            throw complaint("ADDRESS: " + address + " (expected: an address such as ana@example.com)");
        }
        var topics = topics();
        var service = new ServiceClient(Service.OUTREACH, outreach(), token, "--outreach");
        try (var memory = new TopicMemory(kafka.settings(), address, Clock.systemUTC())) {
            forgetInTables(service);
            return forgetInTopics(memory, topics) ? 0 : 1;
        }
    }

    private List<String> topics() {
        requireKnown("--skip", skipped);
        requireKnown("--delete-from", deleteFrom);
        return Topics.names().stream().filter(topic -> !skipped.contains(topic)).toList();
    }

    private void requireKnown(String option, List<String> topics) {
        for (var topic : topics) {
            if (!Topics.names().contains(topic)) {
                throw complaint(
                        option + ": " + topic + " (expected: one of " + String.join(", ", Topics.names()) + ")");
            }
        }
    }

    private URI outreach() {
        return outreach == null
                ? URI.create("http://127.0.0.1:" + kafka.ports().of(Service.OUTREACH))
                : ServiceClient.address(spec, "--outreach", outreach, "https://outreach.example.com");
    }

    private void forgetInTables(ServiceClient service) {
        var request = EventCodec.json().createObjectNode().put("address", address.strip());
        Optional.ofNullable(author)
                .or(() -> token.equals(ServiceSettings.TOKEN)
                        ? Optional.ofNullable(System.getProperty("user.name"))
                        : Optional.empty())
                .ifPresent(by -> request.put("by", by));
        var erased = service.call("POST", "/v1/erasures", request);
        erased.path("contacts")
                .forEach(known -> terminal.line("Was contact %s of %s."
                        .formatted(
                                known.path("contact").asText(),
                                known.path("account").asText())));
        terminal.line(
                "Tables of outreach-service: forgotten at %d mails, %d answers and %d bounces; %d dead letters deleted."
                        .formatted(
                                erased.path("mails").asInt(),
                                erased.path("answers").asInt(),
                                erased.path("bounces").asInt(),
                                erased.path("deadLetters").asInt()));
    }

    /** Whether it is nowhere. */
    private boolean forgetInTopics(TopicMemory memory, List<String> topics) {
        var found = memory.search(topics).findings();
        if (!found.isEmpty()) {
            terminal.line("Topics: found in " + counts(found) + ".");
        }
        var toldAway = of(found, List.of(Topics.CONTACTS));
        if (!toldAway.isEmpty()) {
            terminal.line("contacts is being compacted, which takes Kafka up to a minute.");
            memory.compactContacts(toldAway, Duration.ofSeconds(patienceSeconds));
        }
        var toDelete = of(found, deleteFrom);
        if (!toDelete.isEmpty()) {
            memory.deleteUpTo(toDelete)
                    .forEach((topic, records) ->
                            terminal.line("%s: deleted, with what was older: %,d records.".formatted(topic, records)));
        }
        return sayWhatIsLeft(memory.search(topics), topics.size());
    }

    private boolean sayWhatIsLeft(TopicMemory.Search search, int topics) {
        var left = search.findings();
        terminal.line("%,d records of %d topics were looked at.".formatted(search.records(), topics));
        if (left.isEmpty()) {
            terminal.line("The address is in none of them"
                    + (skipped.isEmpty() ? "." : ", of these: " + String.join(", ", skipped) + " nothing is known."));
            return true;
        }
        terminal.line("The address is still in " + counts(left) + ":");
        left.stream()
                .limit(MOST_SHOWN)
                .forEach(each ->
                        terminal.line("  %s, offset %d, of %s".formatted(each.partition(), each.offset(), each.at())));
        terminal.line(advice(left));
        return false;
    }

    private static String advice(List<Finding> left) {
        if (left.stream().allMatch(finding -> finding.topic().equals(Topics.CONTACTS))) {
            return "Kafka has not compacted contacts yet: erase once more. If that does not help, see the log of its log cleaner.";
        }
        return "--delete-from deletes it there; docs/operating.md, 'Erase a person', says what goes with it.";
    }

    private static List<Finding> of(List<Finding> findings, List<String> topics) {
        return findings.stream()
                .filter(finding -> topics.contains(finding.topic()))
                .toList();
    }

    private static Map<String, Long> byTopic(List<Finding> findings) {
        return findings.stream().collect(groupingBy(Finding::topic, TreeMap::new, counting()));
    }

    private static String counts(List<Finding> findings) {
        return byTopic(findings).entrySet().stream()
                .map(topic -> "%,d records of %s".formatted(topic.getValue(), topic.getKey()))
                .collect(joining(", "));
    }

    private ParameterException complaint(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
