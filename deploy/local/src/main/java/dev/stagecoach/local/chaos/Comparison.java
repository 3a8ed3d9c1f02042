package dev.stagecoach.local.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An undisturbed run beside a disturbed one. */
public record Comparison(List<Row> rows) {

    private static final int EXAMPLES = 6;

    public Comparison {
        rows = List.copyOf(rows);
    }

    /**
     * A line of the table.
     *
     * @param problems what is wrong, a sentence each; none when all is well
     */
    public record Row(String what, String undisturbed, String disturbed, List<String> problems) {

        public Row {
            problems = List.copyOf(problems);
        }
    }

    public static Comparison of(Outcome undisturbed, Outcome disturbed) {
        var rows = new ArrayList<Row>();
        rows.add(sets("pings recorded", undisturbed.pings(), disturbed.pings()));
        rows.add(sets("usage events recorded", undisturbed.events(), disturbed.events()));
        rows.add(tables(undisturbed.counted(), disturbed.counted()));
        rows.add(timelines(undisturbed, disturbed));
        rows.add(sets("decisions and effects", undisturbed.decisions(), disturbed.decisions()));
        rows.add(new Row(
                "published again, with the same id and content",
                text(undisturbed.publishedAgain()),
                text(disturbed.publishedAgain()),
                List.of()));
        rows.add(none(
                "published again with other content",
                undisturbed.publishedOtherwise(),
                disturbed.publishedOtherwise()));
        rows.add(numbers("stage changes", undisturbed.stageChanges(), disturbed.stageChanges()));
        rows.add(numbers("alerts", undisturbed.alerts(), disturbed.alerts()));
        rows.add(numbers("mails sent, by the ledger", undisturbed.mailsSent(), disturbed.mailsSent()));
        rows.add(new Row(
                "mails received",
                text(undisturbed.mailsReceived()),
                text(disturbed.mailsReceived()),
                disturbed.mailProblems()));
        rows.add(none("mails received twice", undisturbed.mailsTwice(), disturbed.mailsTwice()));
        rows.add(new Row(
                "mails in doubt, looked up at the mail server",
                text(undisturbed.doubtsEnded()),
                text(disturbed.doubtsEnded()),
                List.of()));
        rows.add(none("mails missing in the ledger", undisturbed.ledgerMissing(), disturbed.ledgerMissing()));
        return new Comparison(rows);
    }

    private static Row sets(String what, Set<String> undisturbed, Set<String> disturbed) {
        var problems = new ArrayList<String>();
        examples(left(undisturbed, disturbed)).ifPresent(few -> problems.add(what + ": missing: " + few));
        examples(left(disturbed, undisturbed)).ifPresent(few -> problems.add(what + ": too many: " + few));
        return new Row(what, text(undisturbed.size()), text(disturbed.size()), problems);
    }

    private static Row tables(Map<String, List<String>> undisturbed, Map<String, List<String>> disturbed) {
        var problems = new ArrayList<String>();
        var names = new TreeSet<>(undisturbed.keySet());
        names.addAll(disturbed.keySet());
        for (var name : names) {
            var before = undisturbed.getOrDefault(name, List.of());
            var after = disturbed.getOrDefault(name, List.of());
            examples(left(before, after)).ifPresent(few -> problems.add("table " + name + ": missing: " + few));
            examples(left(after, before)).ifPresent(few -> problems.add("table " + name + ": too many: " + few));
        }
        return new Row("rows of counts and journeys", text(rows(undisturbed)), text(rows(disturbed)), problems);
    }

    private static int rows(Map<String, List<String>> tables) {
        return tables.values().stream().mapToInt(List::size).sum();
    }

    private static Row timelines(Outcome undisturbed, Outcome disturbed) {
        var problems = new ArrayList<String>();
        var accounts = new TreeSet<>(undisturbed.timelines().keySet());
        accounts.addAll(disturbed.timelines().keySet());
        int same = 0;
        for (var account : accounts) {
            var before = undisturbed.timelines().getOrDefault(account, List.of());
            var after = disturbed.timelines().getOrDefault(account, List.of());
            if (before.equals(after)) {
                same++;
            } else {
                var lost = left(before, after);
                var added = left(after, before);
                problems.add(
                        lost.isEmpty() && added.isEmpty()
                                ? account + ": the same in another order"
                                : "%s: missing %s, too many %s".formatted(account, lost, added));
            }
        }
        return new Row(
                "accounts with this timeline of stages, mails and alerts", text(accounts.size()), text(same), problems);
    }

    private static Row numbers(String what, long undisturbed, long disturbed) {
        return new Row(
                what,
                text(undisturbed),
                text(disturbed),
                undisturbed == disturbed ? List.of() : List.of(what + ": not as many"));
    }

    private static Row none(String what, long undisturbed, long disturbed) {
        return new Row(
                what,
                text(undisturbed),
                text(disturbed),
                undisturbed == 0 && disturbed == 0 ? List.of() : List.of(what + ": more than none"));
    }

    private static String text(long number) {
        return "%,d".formatted(number);
    }

    /** What is in the one and not in the other, sorted; what is there more often as often as it is too many. */
    private static List<String> left(Collection<String> of, Collection<String> without) {
        Map<String, Long> taken = without.stream().collect(groupingBy(line -> line, HashMap::new, counting()));
        return of.stream()
                .sorted()
                .filter(line -> taken.merge(line, -1L, Long::sum) < 0)
                .toList();
    }

    private static Optional<String> examples(List<String> lines) {
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(lines.size() + ", such as "
                        + lines.stream().limit(EXAMPLES).toList());
    }

    /** Everything that is wrong. */
    public List<String> problems() {
        return rows.stream().flatMap(row -> row.problems().stream()).toList();
    }
}
