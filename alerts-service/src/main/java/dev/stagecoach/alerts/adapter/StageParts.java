package dev.stagecoach.alerts.adapter;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.stagecoach.alerts.adapter.AccountPage.Clause;
import dev.stagecoach.alerts.adapter.AccountPage.Head;
import dev.stagecoach.alerts.adapter.AccountPage.Mark;
import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.adapter.AccountPage.Step;
import dev.stagecoach.alerts.adapter.AccountPage.Why;
import dev.stagecoach.alerts.journey.Ahead;
import dev.stagecoach.alerts.journey.Figures;
import dev.stagecoach.alerts.journey.Journey;
import dev.stagecoach.alerts.journey.Journey.Entered;
import dev.stagecoach.alerts.journey.Limits;
import dev.stagecoach.alerts.journey.NextStage;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the page that are about the stage.
 *
 * @param changes newest first
 * @param lines the entries of these changes
 */
record StageParts(
        Optional<AccountFacts> facts,
        List<StageChanged> changes,
        List<JdbcTimeline.Line> lines,
        Limits limits,
        Figures figures,
        LocalDate today) {

    private @Nullable Stage stage() {
        return changes.isEmpty() ? null : changes.get(0).to();
    }

    Head head(String id) {
        Stage stage = stage();
        LocalDate renewsOn = facts.map(AccountFacts::renewsOn).orElse(null);
        return new Head(
                facts.map(AccountFacts::name).orElse(id),
                facts.map(one -> one.segment().wireName()).orElse(null),
                facts.map(StageParts::products).orElse(null),
                facts.map(StageParts::seats).orElse("not entered"),
                facts.map(one -> one.owners().technicalAdvisor()).orElse(null),
                facts.map(one -> one.owners().accountExecutive()).orElse(null),
                renewsOn,
                renewsOn == null ? "not entered" : PageText.date(renewsOn),
                renewsOn == null ? "" : PageText.days(today, renewsOn),
                stage == null ? "No stage yet" : stage.wireName(),
                cssClass(stage),
                stage == null
                        ? null
                        : "day " + DAYS.between(PageText.dayOf(lines.get(0).at()), today));
    }

    private static String products(AccountFacts facts) {
        return facts.products().stream().map(Product::wireName).collect(Collectors.joining(", "));
    }

    private static String seats(AccountFacts facts) {
        if (facts.unlimitedSeats()) {
            return facts.addressableUsers() == null
                    ? "unlimited, addressable users not entered"
                    : "unlimited, " + facts.addressableUsers() + " addressable users";
        }
        return facts.seats() == null ? "not entered" : facts.seats().toString();
    }

    static String cssClass(@Nullable Stage stage) {
        return stage == null ? "none" : stage.wireName().toLowerCase(Locale.ROOT);
    }

    List<Step> steps() {
        List<Journey.Step> journey = journey().steps();
        int last = 0;
        for (int i = 0; i < journey.size(); i++) {
            last = journey.get(i).entered().isPresent() ? i : last;
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < journey.size(); i++) {
            steps.add(step(journey.get(i), i < last));
        }
        return steps;
    }

    private Journey journey() {
        return Journey.of(JdbcAccountPages.entered(lines, changes));
    }

    private Step step(Journey.Step step, boolean isBehind) {
        String state = step.isCurrent() ? "now" : step.entered().isPresent() ? "past" : isBehind ? "skipped" : "ahead";
        return new Step(
                step.stage().wireName(),
                cssClass(step.stage()),
                state,
                step.entered().map(Entered::at).map(Moment::new).orElse(null),
                step.entered().map(Entered::entry).orElse(null),
                note(step, state));
    }

    private String note(Journey.Step step, String state) {
        return switch (state) {
            case "now" ->
                "Now, day "
                        + step.entered()
                                .map(entered -> DAYS.between(PageText.dayOf(entered.at()), today))
                                .orElse(0L);
            case "skipped" -> "not entered";
            case "ahead" ->
                times().filter(ahead -> ahead.to() == step.stage())
                        .findFirst()
                        .map(ahead -> "by time alone " + PageText.date(ahead.on()))
                        .orElse("");
            default -> "";
        };
    }

    @Nullable String churnedNote() {
        return journey()
                .churned()
                .map(entered -> "Churned on " + PageText.date(PageText.dayOf(entered.at())))
                .orElse(null);
    }

    private java.util.stream.Stream<Ahead> times() {
        return facts.stream().flatMap(one -> Ahead.of(one, limits, stage(), today).stream());
    }

    List<AccountPage.Ahead> ahead() {
        return times().map(one -> new AccountPage.Ahead(
                        one.on(), PageText.date(one.on()), PageText.days(today, one.on()), one.what()))
                .toList();
    }

    Why why() {
        NextStage next = NextStage.after(stage(), facts, figures, limits, today);
        List<Clause> clauses = next.clauses().stream().map(StageParts::clause).toList();
        if (changes.isEmpty()) {
            return new Why(null, null, null, null, next.name(), clauses);
        }
        StageChanged change = changes.get(0);
        NearestMiss miss = change.reason().nearestMiss();
        return new Why(
                change.reason().clause().replace('-', ' '),
                lines.get(0).id(),
                new Moment(lines.get(0).at()),
                miss == null ? null : miss.clause().replace('-', ' ') + " " + miss.needs(),
                next.name(),
                clauses);
    }

    private static Clause clause(dev.stagecoach.alerts.journey.Clause clause) {
        Boolean met = clause.met();
        Mark mark = met == null ? Mark.UNKNOWN : met ? Mark.GOOD : Mark.MIDDLING;
        return new Clause(clause.name(), clause.value(), clause.target(), mark, clause.missing());
    }
}
