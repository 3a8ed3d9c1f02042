package dev.stagecoach.local;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.sample.Company;
import dev.stagecoach.local.sample.Portfolio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of each account of the sample. Dates are those of the simulated time, in UTC. */
record Summary(LocalDate from, LocalDate to, List<AccountSummary> accounts) {

    /** @param stage the stage at the end; null for none */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record AccountSummary(
            String account,
            String name,
            String story,
            @Nullable Stage stage,
            List<StageEntered> stages,
            List<Mail> mails,
            List<Alert> alerts) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record StageEntered(
            LocalDate date, @Nullable Stage from, @Nullable Stage to, String clause) {}

    record Mail(
            LocalDate date,
            String campaign,
            String step,
            @Nullable String contact) {}

    record Alert(LocalDate date, String kind, String title, String channel, Map<String, Object> facts) {}

    static Summary of(Portfolio portfolio, Journal journal) {
        return new Summary(
                Portfolio.FIRST_DAY,
                Portfolio.LAST_DAY,
                portfolio.companies().stream()
                        .map(company -> of(company, journal))
                        .toList());
    }

    private static AccountSummary of(Company company, Journal journal) {
        var stages = journal.stageChanges(company.id()).stream()
                .sorted(Comparator.comparing(StageChanged::at))
                .map(change -> new StageEntered(
                        date(change.at()),
                        change.from(),
                        change.to(),
                        change.reason().clause()))
                .toList();
        var mails = journal.mails(company.id()).stream()
                .sorted(Comparator.comparing(MessageOutcome::at)
                        .thenComparing(MessageOutcome::campaign)
                        .thenComparing(MessageOutcome::step)
                        .thenComparing(mail -> String.valueOf(mail.contact())))
                .map(mail -> new Mail(date(mail.at()), mail.campaign(), mail.step(), mail.contact()))
                .toList();
        var alerts = journal.alerts(company.id()).stream()
                .sorted(Comparator.comparing(AlertRaised::at)
                        .thenComparing(AlertRaised::kind)
                        .thenComparing(AlertRaised::title))
                .map(alert -> new Alert(date(alert.at()), alert.kind(), alert.title(), alert.channel(), alert.facts()))
                .toList();
        return new AccountSummary(
                company.id(),
                company.name(),
                company.story(),
                stages.isEmpty() ? null : stages.get(stages.size() - 1).to(),
                stages,
                mails,
                alerts);
    }

    private static LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    int mails() {
        return accounts.stream().mapToInt(account -> account.mails().size()).sum();
    }

    int alerts() {
        return accounts.stream().mapToInt(account -> account.alerts().size()).sum();
    }

    int stageChanges() {
        return accounts.stream().mapToInt(account -> account.stages().size()).sum();
    }

    /** For programs: the components of this record and of those in it, as JSON. */
    void write(Path file) {
        try {
            Files.write(file, EventCodec.json().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        } catch (IOException e) {
            throw new Complaint("The summary cannot be written to " + file + ": " + e.getMessage() + ".", e);
        }
    }

    /** For people. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        for (var account : accounts) {
            lines.add("");
            lines.add("%s (%s): %s".formatted(account.name(), account.account(), stageName(account.stage())));
            lines.add("  stages  "
                    + orNone(account.stages().stream()
                            .map(entered -> entered.date() + " " + stageName(entered.to()))
                            .collect(joining(", "))));
            lines.add("  mails   "
                    + counted(account.mails().stream().map(Mail::campaign).toList()));
            lines.add("  alerts  "
                    + counted(account.alerts().stream().map(Alert::kind).toList()));
        }
        return lines;
    }

    private static String stageName(@Nullable Stage stage) {
        return stage == null ? "no stage" : stage.wireName();
    }

    private static String counted(List<String> names) {
        var counts =
                names.stream().filter(Objects::nonNull).collect(groupingBy(name -> name, TreeMap::new, counting()));
        return orNone(counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(joining(", ")));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
