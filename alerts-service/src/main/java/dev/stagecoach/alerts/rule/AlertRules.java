package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Route;
import dev.stagecoach.alerts.policy.Rules;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All alert rules under one policy. The rules of the domain are listed here; a new one is a class more. Safe to share. */
public final class AlertRules {
    private final AlertPolicy policy;
    private final UnaryOperator<String> accountLink;
    private final Map<Rules, List<AlertRule>> rulesets = new HashMap<>();

    /**
     * The rules under a policy.
     *
     * @param accountLink the address of the page of an account
     */
    public AlertRules(AlertPolicy policy, UnaryOperator<String> accountLink) {
        this.policy = policy;
        this.accountLink = accountLink;
        rulesets.put(policy.rules(), rules(policy.rules()));
        policy.segments().values().forEach(rules -> rulesets.put(rules, rules(rules)));
    }

    private static List<AlertRule> rules(Rules rules) {
        return List.of(
                new StageChangedRule(rules.executiveStages()),
                new ChurnRule(),
                new SeatUtilizationRule(rules.seats(), rules.executiveFrom()),
                new UsageTargetRule(rules.usageTarget()),
                new LowUtilizationRule(rules.lowUtilization()),
                new HealthChangedRule(rules.healthLevels()),
                new SilenceRule(),
                new FeatureFirstUsedRule(),
                new OnboardingGoalMissedRule(),
                new ProgrammeBlockedRule(),
                new ResponseRule());
    }

    /**
     * What an event of an account, or a tick at which it is due, means for the team.
     *
     * @param account as known before the event
     */
    public Decision decide(Event<?> event, Account account) {
        Rules numbers = numbers(account);
        List<AlertRule> rules = ruleset(numbers);
        List<Alert> alerts = rules.stream()
                .flatMap(rule -> rule.find(event, account).stream())
                .flatMap(finding -> routed(finding, numbers, event, account))
                .toList();
        Account remembered = account;
        for (AlertRule rule : rules) {
            remembered = rule.remember(event, remembered);
        }
        Account updated = updated(remembered, event);
        return new Decision(updated.dueAt(due(updated)), alerts);
    }

    private Rules numbers(Account account) {
        return policy.of(account.profile() == null ? null : account.profile().segment());
    }

    private List<AlertRule> ruleset(Rules numbers) {
        return Objects.requireNonNull(rulesets.get(numbers));
    }

    private @Nullable Instant due(Account account) {
        return ruleset(numbers(account)).stream()
                .map(rule -> rule.due(account))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
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
        if (data instanceof HealthChanged change) {
            return account.with(change);
        }
        return account;
    }

    private Stream<Alert> routed(Finding finding, Rules numbers, Event<?> event, Account account) {
        return numbers.route(finding.kind()).stream().map(route -> alert(finding, route, event, account));
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
                finding.matter(),
                route.coolDown(),
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
        facts.put("alertPolicyVersion", policy.version());
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
