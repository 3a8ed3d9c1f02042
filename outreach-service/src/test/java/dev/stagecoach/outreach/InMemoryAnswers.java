package dev.stagecoach.outreach;

import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.outreach.mail.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers of one reader without a database. */
final class InMemoryAnswers implements Answers {
    private final List<Event<ContactResponse>> told = new ArrayList<>();
    private boolean nothing;
    private final Set<Kind> off = new HashSet<>();

    List<Event<ContactResponse>> told() {
        return List.copyOf(told);
    }

    @Override
    public Instant now(String account) {
        return Instant.EPOCH;
    }

    @Override
    public Optional<Given> latest(MailReference mail, EventType type) {
        List<Event<ContactResponse>> given =
                told.stream().filter(answer -> answer.type() == type).toList();
        return given.stream()
                .reduce((first, second) -> second)
                .map(answer -> new Given(
                        answer.id(), answer.data().score(), answer.data().comment(), given.size()));
    }

    @Override
    public Choice choice(MailReference mail) {
        String changedBy = told.stream()
                .filter(answer -> answer.type() == EventType.UNSUBSCRIBED || answer.type() == EventType.RESUBSCRIBED)
                .reduce((first, second) -> second)
                .map(Event::id)
                .orElse(null);
        return new Choice(new Subscription(nothing, off), changedBy);
    }

    @Override
    public void record(MailReference mail, Event<ContactResponse> answer) {
        told.add(answer);
    }

    @Override
    public void change(MailReference mail, List<Event<ContactResponse>> changes) {
        for (Event<ContactResponse> change : changes) {
            told.add(change);
            boolean unsubscribed = change.type() == EventType.UNSUBSCRIBED;
            String kind = change.data().kind();
            if (kind == null) {
                nothing = unsubscribed;
                off.clear();
            } else if (unsubscribed) {
                off.add(Kind.of(kind));
            } else {
                off.remove(Kind.of(kind));
            }
        }
    }
}
