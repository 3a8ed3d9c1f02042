package dev.stagecoach.local;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What must come of the sample's accounts, as lines of text: {@code 2025-03-16 stage Adopting targets-not-met}. The file is
 * {@code expectation.yaml}; what comes of a run is brought into the same form.
 */
record Expectation(Map<String, List<String>> linesByAccount) {

    private record Account(List<String> stages, List<String> mails, List<String> alerts) {}

    static Expectation read() {
        try (var yaml = Expectation.class.getResourceAsStream("expectation.yaml")) {
            var accounts = new YAMLMapper().readValue(yaml, new TypeReference<LinkedHashMap<String, Account>>() {});
            var lines = new LinkedHashMap<String, List<String>>();
            accounts.forEach((id, account) -> lines.put(id, lines(account)));
            return new Expectation(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of it has come by the end of a day. */
    Expectation upTo(LocalDate last) {
        var lines = new LinkedHashMap<String, List<String>>();
        linesByAccount.forEach((account, all) -> lines.put(
                account,
                all.stream()
                        .filter(line -> !LocalDate.parse(line.substring(0, line.indexOf(' ')))
                                .isAfter(last))
                        .toList()));
        return new Expectation(lines);
    }

    private static List<String> lines(Account account) {
        var lines = new ArrayList<String>();
        account.stages().forEach(stage -> lines.add(line("stage", stage)));
        account.mails().stream().flatMap(Expectation::mails).forEach(mail -> lines.add(line("mail", mail)));
        account.alerts().forEach(alert -> lines.add(line("alert", alert)));
        return lines.stream().sorted().toList();
    }

    /** {@code campaign contact & contact: date step, date step} */
    private static Stream<String> mails(String sequence) {
        int space = sequence.indexOf(' ');
        int colon = sequence.indexOf(": ");
        var campaign = sequence.substring(0, space);
        var contacts = sequence.substring(space + 1, colon).split(" & ");
        return Stream.of(sequence.substring(colon + 2).split(", "))
                .flatMap(step -> Stream.of(contacts).map(contact -> step + " " + campaign + " " + contact));
    }

    /** The date comes first, so that lines sort by it. */
    private static String line(String what, String dated) {
        int space = dated.indexOf(' ');
        return dated.substring(0, space) + " " + what + dated.substring(space);
    }

    static List<String> linesOf(Summary.AccountSummary account) {
        var stages = account.stages().stream()
                .map(entered -> "%s stage %s %s"
                        .formatted(
                                entered.date(),
                                entered.to() == null ? "none" : entered.to().wireName(),
                                entered.clause()));
        var mails = account.mails().stream()
                .map(mail -> "%s mail %s %s %s".formatted(mail.date(), mail.step(), mail.campaign(), mail.contact()));
        var alerts = account.alerts().stream()
                .map(alert -> "%s alert %s %s".formatted(alert.date(), alert.kind(), said(alert)));
        return Stream.of(stages, mails, alerts).flatMap(lines -> lines).sorted().toList();
    }

    private static String said(Summary.Alert alert) {
        var facts = alert.facts();
        return switch (alert.kind()) {
            case "stage-changed", "churn" -> facts.getOrDefault("from", "none") + " -> " + facts.get("to");
            case "seat-utilization" ->
                "%s %s at %s/%s"
                        .formatted(
                                facts.get("direction"), facts.get("threshold"), facts.get("mau"), facts.get("seats"));
            case "usage-target" ->
                "%s at %s/%s".formatted(facts.get("direction"), twoDecimals(facts.get("dauMean28")), facts.get("mau"));
            case "low-utilization" ->
                "%s/%s on day %s".formatted(facts.get("mau"), facts.get("seats"), facts.get("day"));
            case "health-changed" -> facts.get("from") + " -> " + facts.get("to");
            case "silence" ->
                facts.get("instance") + " since "
                        + String.valueOf(facts.get("lastPingAt")).substring(0, 10);
            case "feature-first-used" -> String.valueOf(facts.get("feature"));
            case "onboarding-goal-missed" -> facts.get("mau") + "/" + facts.get("seats");
            case "programme-blocked" -> facts.get("campaign") + " " + facts.get("role");
            default -> facts.toString();
        };
    }

    private static String twoDecimals(Object number) {
        return String.format(Locale.ROOT, "%.2f", ((Number) number).doubleValue());
    }
}
