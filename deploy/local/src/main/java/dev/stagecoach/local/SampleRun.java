package dev.stagecoach.local;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.sample.Portfolio;
import dev.stagecoach.platform.Mailbox;
import dev.stagecoach.platform.ReceivedMail;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The sample portfolio on a running stack, from its first request to the account of what came of it. */
final class SampleRun implements AutoCloseable {

    private final Portfolio portfolio;
    private final Stack stack;
    private final Api api;
    private final CaughtUp caughtUp;
    private final Ticks ticks;
    private final Journal journal;

    /** @param listener called for each decision and effect from now on, as it happens */
    SampleRun(Portfolio portfolio, Stack stack, Consumer<Event<?>> listener) {
        var kafka = stack.platform().bootstrapServers();
        this.portfolio = portfolio;
        this.stack = stack;
        this.api = new Api(stack);
        this.caughtUp = new CaughtUp(stack);
        this.ticks = new Ticks(kafka);
        this.journal = new Journal(kafka);
        journal.start(listener);
    }

    /**
     * Plays a span of days, both ends included.
     *
     * @param daysPerSecond the most days in a second; 0 for as many as possible
     * @param afterDay told each day that is done
     */
    void play(LocalDate first, LocalDate last, double daysPerSecond, Consumer<LocalDate> afterDay) {
        new TimeLapse(portfolio, stack, api, caughtUp, ticks, daysPerSecond).play(first, last, afterDay);
    }

    /** All that was decided and done up to now. */
    Summary summary() {
        journal.awaitAll();
        return Summary.of(portfolio, journal);
    }

    Journal journal() {
        return journal;
    }

    Api api() {
        return api;
    }

    /** Returns when all services have done what there is to do. */
    void awaitCaughtUp() {
        caughtUp.await(Service.LIFECYCLE, Service.OUTREACH, Service.ALERTS);
    }

    /** How often the mail server received each mail, by message id. */
    static Map<String, Long> received(Mailbox mailbox) {
        return mailbox.received().stream().collect(groupingBy(SampleRun::messageId, counting()));
    }

    /** What the mail server received against what the ledger says was sent, since both began: one sentence per difference. */
    List<String> mailProblems() {
        journal.awaitAll();
        var received = received(stack.platform().mailbox());
        Map<String, Long> sent = journal.mails().stream()
                .map(MessageOutcome::messageId)
                .map(String::valueOf)
                .collect(groupingBy(SampleRun::bare, counting()));
        var problems = new ArrayList<String>();
        var all = new TreeSet<>(received.keySet());
        all.addAll(sent.keySet());
        for (var id : all) {
            long times = received.getOrDefault(id, 0L);
            if (times != sent.getOrDefault(id, 0L)) {
                problems.add("The mail %s was sent %d times and received %d times."
                        .formatted(id, sent.getOrDefault(id, 0L), times));
            }
        }
        return problems;
    }

    private static String messageId(ReceivedMail mail) {
        return bare(mail.header("Message-ID").orElse("without id"));
    }

    static String bare(String messageId) {
        return messageId.replaceAll("[<>\\s]", "");
    }

    @Override
    public void close() {
        journal.close();
        ticks.close();
        caughtUp.close();
        api.close();
    }
}
