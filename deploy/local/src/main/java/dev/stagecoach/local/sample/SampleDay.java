package dev.stagecoach.local.sample;

import dev.stagecoach.events.EventCodec;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * The requests of a day. Those of one list may be sent in any order and at once; the lists must be sent one after the other.
 *
 * @param facts what became known about the accounts
 * @param contacts who became known there
 * @param usage what their instances sent
 */
public record SampleDay(List<Request> facts, List<Request> contacts, List<Request> usage) {

    static SampleDay of(List<Company> companies, LocalDate date) {
        return new SampleDay(
                Stream.concat(AccountCsv.arrivingOn(date, companies).stream(), puts(date, companies))
                        .toList(),
                companies.stream().flatMap(company -> contacts(date, company)).toList(),
                companies.stream()
                        .flatMap(company -> Stream.concat(
                                Pings.arrivingOn(date, company).stream(), Tracking.arrivingOn(date, company).stream()))
                        .toList());
    }

    private static Stream<Request> puts(LocalDate date, List<Company> companies) {
        return companies.stream()
                .filter(company -> !AccountCsv.announces(company, date))
                .flatMap(company ->
                        company
                                .factsOn(date)
                                .map(facts -> Request.put("/v1/accounts/" + company.id(), facts))
                                .stream());
    }

    private static Stream<Request> contacts(LocalDate date, Company company) {
        return company
                .contactsOn(date)
                .map(contacts -> {
                    var body = EventCodec.json().createObjectNode();
                    body.set("contacts", EventCodec.json().valueToTree(contacts));
                    return Request.put("/v1/accounts/" + company.id() + "/contacts", body);
                })
                .stream();
    }
}
