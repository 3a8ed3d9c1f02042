package dev.stagecoach.local.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

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
        difference(undisturbed, disturbed).ifAny(few -> problems.add(what + ": missing: " + few));
        difference(disturbed, undisturbed).ifAny(few -> problems.add(what + ": too many: " + few));
        return new Row(what, text(undisturbed.size()), text(disturbed.size()), problems);
    }

    private static Row tables(Map<String, List<String>> undisturbed, Map<String, List<String>> disturbed) {
        var problems = new ArrayList<String>();
        var names = new TreeSet<>(undisturbed.keySet());
        names.addAll(disturbed.keySet());
        for (var name : names) {
            var before = new TreeSet<>(undisturbed.getOrDefault(name, List.of()));
            var after = new TreeSet<>(disturbed.getOrDefault(name, List.of()));
            difference(before, after).ifAny(few -> problems.add("table " + name + ": missing: " + few));
            difference(after, before).ifAny(few -> problems.add("table " + name + ": too many: " + few));
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
                var lost = new TreeSet<>(before);
                after.forEach(lost::remove);
                var added = new TreeSet<>(after);
                before.forEach(added::remove);
                problems.add("%s: missing %s, too many %s".formatted(account, lost, added));
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

    private record Difference(int size, List<String> examples) {

        void ifAny(Consumer<String> use) {
            if (size > 0) {
                use.accept(size + ", such as " + examples);
            }
        }
    }

    private static Difference difference(Set<String> of, Set<String> without) {
        var left = new TreeSet<>(of);
        left.removeAll(without);
        return new Difference(left.size(), left.stream().limit(EXAMPLES).toList());
    }

    /** Everything that is wrong. */
    public List<String> problems() {
        return rows.stream().flatMap(row -> row.problems().stream()).toList();
    }
}
