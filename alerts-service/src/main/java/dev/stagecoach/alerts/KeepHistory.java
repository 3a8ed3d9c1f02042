package dev.stagecoach.alerts;

import dev.stagecoach.alerts.history.Entry;
import dev.stagecoach.alerts.history.Heard;
import dev.stagecoach.alerts.history.People;
import dev.stagecoach.alerts.history.ReadEntries;
import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageSummary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps what the page of an account shows. */
public final class KeepHistory {
    /** Keeps events in their order. Kept again, they change nothing. */
    public void from(List<Heard> heard, Histories histories) {
        List<Event<AccountFacts>> facts = new ArrayList<>();
        List<People> people = new ArrayList<>();
        List<UsageSummary> summaries = new ArrayList<>();
        List<UsageRecap> recaps = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Heard one : heard) {
            Event<?> event = one.event();
            ids.add(event.id());
            if (event.data() instanceof AccountFacts data) {
                facts.add(Event.of(event.id(), event.type(), event.source(), data.account(), event.time(), null, data));
            } else if (event.data() instanceof AccountContacts data) {
                people.add(People.of(data, event.time()));
            } else if (event.data() instanceof UsageSummary data) {
                summaries.add(data);
            } else if (event.data() instanceof UsageRecap data) {
                recaps.add(data);
            }
        }
        List<Entry> entries =
                heard.stream().map(ReadEntries::of).flatMap(Optional::stream).toList();
        histories.facts(facts);
        histories.people(people);
        histories.usage(summaries);
        histories.months(recaps);
        histories.add(entries);
        histories.addAlertsCausedBy(ids);
    }
}
