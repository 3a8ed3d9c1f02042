package dev.stagecoach.local.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Instance;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A made-up company and all that will happen to it.
 *
 * @param imported whether it comes in by CSV
 * @param facts what becomes known on a date, on top of what was known before; null takes a fact away
 * @param contacts everyone known from a date on
 */
public record Company(
        String id,
        String story,
        String name,
        Segment segment,
        List<Product> products,
        ZoneId timezone,
        @Nullable String technicalAdvisor,
        String accountExecutive,
        List<Instance> instances,
        boolean imported,
        SortedMap<LocalDate, ObjectNode> facts,
        SortedMap<LocalDate, List<Person>> contacts,
        List<PingSource> pings,
        List<EventSource> events) {

    /** A contact as the portfolio writes it: its address follows from its company. */
    public record Person(String id, String name, Set<Role> roles) {}

    public Company {
        facts = new TreeMap<>(facts);
        contacts = new TreeMap<>(contacts);
        pings = pings == null ? List.of() : pings;
        events = events == null ? List.of() : events;
    }

    /** The day on which it is heard of first. */
    LocalDate knownSince() {
        return facts.firstKey();
    }

    /** The body that puts the account as it is known on a date, if anything about it became known that day. */
    Optional<ObjectNode> factsOn(LocalDate date) {
        return facts.containsKey(date) ? Optional.of(allFacts(date)) : Optional.empty();
    }

    private ObjectNode allFacts(LocalDate date) {
        var json = EventCodec.json();
        var body = json.createObjectNode();
        body.put("name", name);
        body.set("segment", json.valueToTree(segment));
        body.set("products", json.valueToTree(products));
        body.put("timezone", timezone.getId());
        var owners = body.putObject("owners");
        if (technicalAdvisor != null) {
            owners.put("technicalAdvisor", technicalAdvisor);
        }
        owners.put("accountExecutive", accountExecutive);
        body.set("instances", json.valueToTree(instances));
        facts.headMap(date.plusDays(1)).values().forEach(body::setAll);
        body.properties().removeIf(fact -> fact.getValue().isNull());
        return body;
    }

    /** Everyone, if the contacts became known or changed on a date. */
    public Optional<List<Contact>> contactsOn(LocalDate date) {
        return Optional.ofNullable(contacts.get(date))
                .map(people -> people.stream().map(this::contact).toList());
    }

    private Contact contact(Person person) {
        return new Contact(person.id(), person.name(), addressOf(person.id()), person.roles(), timezone);
    }

    private String addressOf(String person) {
        return person + "@" + id + ".example";
    }

    /** Whose address this is; empty for nobody's at this company. */
    public Optional<String> contactByAddress(String address) {
        return contacts.values().stream()
                .flatMap(List::stream)
                .map(Person::id)
                .filter(person -> addressOf(person).equalsIgnoreCase(address))
                .findFirst();
    }

    /** Another company with the same story, for a larger portfolio. */
    Company again(int number) {
        var suffix = "-" + number;
        return new Company(
                id + suffix,
                story,
                name + " " + number,
                segment,
                products,
                timezone,
                technicalAdvisor,
                accountExecutive,
                instances.stream()
                        .map(instance -> new Instance(again(instance.id(), suffix), instance.production()))
                        .toList(),
                imported,
                facts,
                contacts,
                pings.stream()
                        .map(source -> source.of(again(source.instance(), suffix)))
                        .toList(),
                events.stream()
                        .map(source -> source.of(again(source.instance(), suffix)))
                        .toList());
    }

    private static String again(String instance, String suffix) {
        boolean isUuid = instance.length() == 36;
        var name = instance + suffix;
        return isUuid
                ? UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString()
                : name;
    }
}
