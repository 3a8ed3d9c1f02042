package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Route;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** All alert rules under one policy. The rules of the domain are listed here; a new one is a class more. */
public final class AlertRules {
    private final AlertPolicy policy;
    private final UnaryOperator<String> accountLink;
    private final List<AlertRule> rules;

    /**
     * The rules under a policy.
     *
     * @param accountLink the address of the page of an account
     */
    public AlertRules(AlertPolicy policy, UnaryOperator<String> accountLink) {
        this.policy = policy;
        this.accountLink = accountLink;
        this.rules = List.of(
                new StageChangedRule(policy.executiveStages()),
                new ChurnRule(),
                new SeatUtilizationRule(policy.seats(), policy.executiveFrom()),
                new FeatureFirstUsedRule(),
                new OnboardingGoalMissedRule(),
                new ProgrammeBlockedRule(),
                new ResponseRule());
    }

    /**
     * What an event of an account means for the team.
     *
     * @param account as known before the event
     */
    public Decision decide(Event<?> event, Account account) {
        List<Alert> alerts = rules.stream()
                .flatMap(rule -> rule.find(event, account).stream())
                .flatMap(finding -> routed(finding, event, account))
                .toList();
        Account remembered = account;
        for (AlertRule rule : rules) {
            remembered = rule.remember(event, remembered);
        }
        return new Decision(updated(remembered, event), alerts);
    }

    private static Account updated(Account account, Event<?> event) {
        EventData data = event.data();
        if (data instanceof AccountFacts facts) {
            return account.with(facts, event.time());
        }
        if (data instanceof StageChanged change) {
            return account.with(change);
        }
        if (data instanceof UsageSummary summary) {
            return account.with(summary);
        }
        return account;
    }

    private Stream<Alert> routed(Finding finding, Event<?> event, Account account) {
        return policy.route(finding.kind()).stream().map(route -> alert(finding, route, event, account));
    }

    private Alert alert(Finding finding, Route route, Event<?> event, Account account) {
        List<String> audience = new ArrayList<>(route.audience());
        if (finding.tellsExecutive() && !audience.contains(AlertPolicy.ACCOUNT_EXECUTIVE)) {
            audience.add(AlertPolicy.ACCOUNT_EXECUTIVE);
        }
        return new Alert(
                id(finding, event, account),
                finding.kind(),
                account.id(),
                event.time(),
                finding.title(),
                facts(finding, account),
                route.channel(),
                audience,
                event.id());
    }

    private static String id(Finding finding, Event<?> event, Account account) {
        List<Object> parts = new ArrayList<>(List.of("alert", finding.kind().wireName(), account.id()));
        parts.addAll(finding.fact().isEmpty() ? List.of(event.id()) : finding.fact());
        return DecisionId.of(parts.toArray());
    }

    private Map<String, Object> facts(Finding finding, Account account) {
        Map<String, Object> facts = new LinkedHashMap<>(finding.facts());
        if (finding.why() != null) {
            facts.put("why", finding.why());
        }
        facts.put("accountName", account.displayName());
        facts.put("link", accountLink.apply(account.id()));
        return facts;
    }

    /**
     * What an event means.
     *
     * @param account what is known from now on
     */
    public record Decision(Account account, List<Alert> alerts) {}
}
