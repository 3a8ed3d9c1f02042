package dev.stagecoach.local;

import static java.util.stream.Collectors.toMap;

import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.chaos.FaultPlan;
import dev.stagecoach.local.chaos.Outcome;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.sample.Portfolio;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The sample on a stack whose parts fail meanwhile, or do not, and what came of it. */
final class ChaosRun {

    private final Portfolio portfolio;
    private final Stack stack;
    private final LocalDate last;
    private final Consumer<String> tell;

    /**
     * @param last the last day to play
     * @param tell takes lines for people
     */
    ChaosRun(Portfolio portfolio, Stack stack, LocalDate last, Consumer<String> tell) {
        this.portfolio = portfolio;
        this.stack = stack;
        this.last = last;
        this.tell = tell;
    }

    /**
     * What was done to a stack, and what came of it.
     *
     * @param summary what became of each account
     * @param faults how often each victim failed in which way, in words
     * @param restarts who ended without having been killed, or asked to be started again
     */
    record Disturbed(Outcome outcome, Summary summary, SortedMap<String, String> faults, List<String> restarts) {}

    Outcome undisturbed() {
        try (var run = new SampleRun(portfolio, stack, event -> {})) {
            run.play(Portfolio.FIRST_DAY, last, 0, day -> {});
            return outcome(run, 0);
        }
    }

    Disturbed disturbed(FaultPlan plan) {
        try (var supervisor = Supervisor.start(stack, tell);
                var injector = new FaultInjector(plan, Victim.of(stack), tell);
                var run = new SampleRun(portfolio, stack, event -> {})) {
            var doubts = new Doubts(run.api(), stack.platform().mailbox());
            run.play(Portfolio.FIRST_DAY, last, 0, day -> {
                while (doubts.end()) {
                    run.awaitCaughtUp();
                }
                supervisor.requireLooking();
                injector.dayIsOver(day);
            });
            injector.awaitAllBack();
            while (doubts.end()) {
                run.awaitCaughtUp();
            }
            return new Disturbed(outcome(run, doubts.ended()), run.summary(), inWords(injector), supervisor.restarts());
        }
    }

    private static SortedMap<String, String> inWords(FaultInjector injector) {
        var words = new TreeMap<String, String>();
        injector.done()
                .forEach((victim, kinds) -> words.put(
                        victim,
                        kinds.entrySet().stream()
                                .map(kind -> switch (kind.getKey()) {
                                    case KILL -> "killed " + kind.getValue();
                                    case FREEZE -> "frozen " + kind.getValue();
                                })
                                .reduce((one, other) -> one + ", " + other)
                                .orElse("")));
        return words;
    }

    Outcome outcome(SampleRun run, int doubtsEnded) {
        var summary = run.summary();
        var journal = run.journal();
        var kafka = stack.platform().bootstrapServers();
        Map<String, Event<?>> firsts = journal.events().stream().collect(toMap(Event::id, event -> event));
        long otherwise = journal.repeated().stream()
                .filter(again -> !Objects.equals(firsts.get(again.id()), again))
                .count();
        var received = SampleRun.received(stack.platform().mailbox());
        return new Outcome(
                UsageRecords.ids(kafka, Topics.USAGE_PINGS),
                UsageRecords.ids(kafka, Topics.USAGE_EVENTS),
                counted(),
                summary.accounts().stream()
                        .collect(toMap(Summary.AccountSummary::account, account -> timeline(account))),
                decisions(journal.events()),
                (int) (journal.repeated().size() - otherwise),
                (int) otherwise,
                summary.stageChanges(),
                summary.mails(),
                received.size(),
                (int) received.values().stream().filter(times -> times > 1).count(),
                run.mailProblems(),
                doubtsEnded,
                summary.alerts(),
                ledgerMissing(run.api()));
    }

    /**
     * What was decided and done, each id once. Without the id: those of usage summaries count how many there were, which depends on the order in which the
     * requests of one moment came, and ids of alerts hang on them. Without what was told of mails in doubt, which are counted apart.
     */
    private static Set<String> decisions(Collection<? extends Event<?>> events) {
        var decisions = new HashSet<String>();
        events.stream()
                .filter(event -> event.type() != EventType.MESSAGE_UNKNOWN)
                .map(ChaosRun::decision)
                .forEach(decision -> {
                    var same = decision;
                    for (int time = 2; !decisions.add(same); time++) {
                        same = decision + ", for the " + time + ". time";
                    }
                });
        return decisions;
    }

    private static String decision(Event<?> event) {
        var what = event.data() instanceof AlertRaised alert
                ? alert.kind() + " " + alert.title()
                : event.data() instanceof MessageOutcome mail
                        ? mail.campaign() + " " + mail.step() + " " + mail.contact()
                        : event.data() instanceof StageChanged change ? change.from() + " " + change.to() : "";
        return "%s of %s at %s: %s".formatted(event.type().wireName(), event.account(), event.time(), what);
    }

    private static List<String> timeline(Summary.AccountSummary account) {
        return Stream.of(account.stages(), account.mails(), account.alerts())
                .flatMap(List::stream)
                .map(Object::toString)
                .toList();
    }

    private SortedMap<String, List<String>> counted() {
        try (var database = DriverManager.getConnection(
                stack.jdbcUrl(Service.LIFECYCLE).orElseThrow(),
                stack.platform().databaseUser(),
                stack.platform().databasePassword())) {
            return LifecycleTables.of(database).rows();
        } catch (SQLException e) {
            throw new Complaint("The database of lifecycle-service cannot be read: " + e.getMessage(), e);
        }
    }

    private static long ledgerMissing(Api api) {
        long missing = 0;
        for (var campaign : api.get(Service.OUTREACH, "/v1/campaigns")) {
            missing += Math.abs(campaign.path("balance").path("missing").asLong());
        }
        return missing;
    }
}
