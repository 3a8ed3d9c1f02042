package dev.stagecoach.alerts;

import dev.stagecoach.alerts.history.Entry;
import dev.stagecoach.alerts.history.People;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageSummary;
import java.util.List;
import java.util.Set;

/** What happened to accounts. Each of these adds or replaces; what is older than the known, or known, changes nothing. */
public interface Histories {
    void facts(List<Event<AccountFacts>> facts);

    void people(List<People> people);

    /** Of each day the last summary counts. */
    void usage(List<UsageSummary> summaries);

    void months(List<UsageRecap> recaps);

    void add(List<Entry> entries);

    /** Adds the alerts that were raised because of these events. */
    void addAlertsCausedBy(Set<String> events);
}
