package dev.stagecoach.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.EventCodec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagecoach keys}: write keys from the command line. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Creates, lists, rotates and revokes the keys with which usage is sent to usage-ingest.",
        synopsisSubcommandLabel = "COMMAND")
final class Keys implements Runnable {

    private static final String PATH = "/v1/write-keys";

    @Spec
    private CommandSpec spec;

    private Keys() {}

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new Keys())
                .addSubcommand(new Create(terminal))
                .addSubcommand(new ListAll(terminal))
                .addSubcommand(new Rotate(terminal))
                .addSubcommand(new Revoke(terminal));
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: create, list, rotate or revoke");
    }

    /** Who does it, which the service keeps with each change. */
    private static final class Author {

        @Option(
                names = "--author",
                paramLabel = "NAME",
                description = {
                    "Who does it, by name or address. Whoever has signed in leaves it out; with the token of the local stack it is"
                            + " the user of this machine when not given."
                })
        private @Nullable String name;

        @Option(names = "--note", paramLabel = "TEXT", description = "Anything worth keeping with it.")
        private @Nullable String note;

        Optional<String> name(ServiceAddress service) {
            return Optional.ofNullable(name)
                    .or(() -> service.isOfLocalStack()
                            ? Optional.ofNullable(System.getProperty("user.name"))
                            : Optional.empty());
        }

        ObjectNode body(ServiceAddress service) {
            var body = EventCodec.json().createObjectNode();
            name(service).ifPresent(author -> body.put("author", author));
            return note == null ? body : body.put("note", note);
        }

        String query(ServiceAddress service) {
            var parts = new ArrayList<String>();
            name(service).ifPresent(author -> parts.add("author=" + encoded(author)));
            if (note != null) {
                parts.add("note=" + encoded(note));
            }
            return parts.isEmpty() ? "" : "?" + String.join("&", parts);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }

    /** How the answer is shown. */
    private static final class Shown {

        @Option(names = "--json", description = "Print the answer of the service, as JSON.")
        private boolean asJson;

        void print(Terminal terminal, JsonNode answer, List<String> words) {
            if (asJson) {
                terminal.line(pretty(answer));
            } else {
                words.forEach(terminal::line);
            }
        }

        private static String pretty(JsonNode json) {
            try {
                return EventCodec.json().writerWithDefaultPrettyPrinter().writeValueAsString(json);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Creates a key, and shows it this once: the service keeps a hash of it and nothing else.")
    private static final class Create implements Runnable {

        @Option(names = "--name", paramLabel = "NAME", required = true, description = "What people call it.")
        private String name = "";

        @ArgGroup(multiplicity = "1")
        private Scope scope = new Scope();

        @Option(names = "--events-per-second", paramLabel = "N", description = "How many events it may send.")
        private @Nullable Integer eventsPerSecond;

        @Mixin
        private Author author = new Author();

        @Mixin
        private ServiceAddress service = new ServiceAddress();

        @Mixin
        private Shown shown = new Shown();

        private final Terminal terminal;

        Create(Terminal terminal) {
            this.terminal = terminal;
        }

        /** For whom it speaks: one of the two. */
        private static final class Scope {

            @Option(
                    names = "--account",
                    paramLabel = "ID",
                    split = ",",
                    description = "The account that it speaks for; several times, or with commas, for a set of them.")
            private List<String> accounts = new ArrayList<>();

            @Option(
                    names = "--product",
                    paramLabel = "NAME",
                    description = "All accounts whose facts list it: code-search or cody.")
            private @Nullable String product;
        }

        @Override
        public void run() {
            var body = author.body(service).put("name", name);
            var told = body.putObject("scope");
            if (scope.product == null) {
                var accounts = told.putArray("accounts");
                scope.accounts.forEach(accounts::add);
            } else {
                told.put("product", scope.product);
            }
            if (eventsPerSecond != null) {
                body.put("eventsPerSecond", eventsPerSecond);
            }
            var answer = service.call("POST", PATH, body);
            var details = answer.path("details");
            shown.print(
                    terminal,
                    answer,
                    handedOut(
                            answer,
                            "Key " + details.path("id").asText() + " is for " + whom(details)
                                    + ". usage-ingest takes it within a second."));
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lists all keys, without what makes them secret.")
    private static final class ListAll implements Runnable {

        /** Between columns. */
        private static final int GAP = 2;

        @Mixin
        private ServiceAddress service = new ServiceAddress();

        @Mixin
        private Shown shown = new Shown();

        private final Terminal terminal;

        ListAll(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void run() {
            var keys = EventCodec.json().createArrayNode();
            var after = "";
            while (after != null) {
                var page = service.call("GET", PATH + "?limit=500&after=" + after, null);
                page.path("keys").forEach(keys::add);
                after = page.path("next").textValue();
            }
            shown.print(terminal, keys, keys.isEmpty() ? List.of("There are no keys.") : List.of(table(keys)));
        }

        private static String table(ArrayNode keys) {
            var table = TextTable.forColumns(
                    CommandLine.Help.defaultColorScheme(Ansi.OFF),
                    new Column(11, 0, Column.Overflow.TRUNCATE),
                    new Column(32, GAP, Column.Overflow.WRAP),
                    new Column(34, GAP, Column.Overflow.WRAP),
                    new Column(10, GAP, Column.Overflow.TRUNCATE),
                    new Column(27, GAP, Column.Overflow.TRUNCATE),
                    new Column(54, GAP, Column.Overflow.WRAP));
            table.addRowValues("ID", "NAME", "FOR", "EVENTS/S", "CREATED", "STATE");
            StreamSupport.stream(keys.spliterator(), false)
                    .sorted((one, other) -> name(one).compareTo(name(other)))
                    .forEach(key -> table.addRowValues(
                            key.path("id").asText(),
                            name(key),
                            whom(key),
                            key.path("eventsPerSecond").isInt()
                                    ? key.path("eventsPerSecond").asText()
                                    : "-",
                            key.at("/changes/0/at").asText(),
                            state(key)));
            return table.toString().stripTrailing();
        }

        private static String name(JsonNode key) {
            return key.path("name").asText();
        }

        private static String state(JsonNode key) {
            if (key.path("revokedAt").isTextual()) {
                return "revoked " + key.path("revokedAt").asText();
            }
            return key.path("olderGoodUntil").isTextual()
                    ? "good; the one before until " + key.path("olderGoodUntil").asText()
                    : "good";
        }
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description =
                    "Gives a key a new text, and shows it this once. The one before stays good for the grace time.")
    private static final class Rotate implements Runnable {

        @Parameters(paramLabel = "ID", description = "The id of the key: between its underscores, and in the list.")
        private String id = "";

        @Option(
                names = "--grace-hours",
                paramLabel = "N",
                description = "How long the one before stays good; 0: it ends at once.",
                defaultValue = "24")
        private int graceHours;

        @Mixin
        private Author author = new Author();

        @Mixin
        private ServiceAddress service = new ServiceAddress();

        @Mixin
        private Shown shown = new Shown();

        private final Terminal terminal;

        Rotate(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void run() {
            var answer = service.call(
                    "POST",
                    PATH + "/" + Author.encoded(id) + "/rotate",
                    author.body(service).put("graceHours", graceHours));
            var until = answer.at("/details/olderGoodUntil");
            shown.print(
                    terminal,
                    answer,
                    handedOut(
                            answer,
                            until.isTextual()
                                    ? "The one before is good until " + until.asText() + "."
                                    : "The one before is not good any more."));
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Ends a key at once and for good.")
    private static final class Revoke implements Runnable {

        @Parameters(paramLabel = "ID", description = "The id of the key: between its underscores, and in the list.")
        private String id = "";

        @Mixin
        private Author author = new Author();

        @Mixin
        private ServiceAddress service = new ServiceAddress();

        @Mixin
        private Shown shown = new Shown();

        private final Terminal terminal;

        Revoke(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void run() {
            var answer = service.call("DELETE", PATH + "/" + Author.encoded(id) + author.query(service), null);
            shown.print(
                    terminal,
                    answer,
                    List.of("Key " + answer.path("id").asText() + " ("
                            + answer.path("name").asText()
                            + ") is revoked. usage-ingest answers 401 to it within a second."));
        }
    }

    private static List<String> handedOut(JsonNode answer, String about) {
        return List.of(
                "",
                "  " + answer.path("writeKey").asText(),
                "",
                "Keep it now: nobody can show it a second time.",
                about);
    }

    private static String whom(JsonNode key) {
        var product = key.at("/scope/product");
        if (product.isTextual()) {
            return "all accounts with " + product.asText();
        }
        var accounts = new ArrayList<String>();
        key.at("/scope/accounts").forEach(account -> accounts.add(account.asText()));
        return String.join(", ", accounts);
    }
}
