package dev.stagecoach.local.sample;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Accounts that come in by CSV: how a customer system hands over its prospects. */
final class AccountCsv {

    private static final String HEADER =
            "account,name,segment,products,seats,expectedCloseOn,timezone,technicalAdvisor,accountExecutive,instances";

    private AccountCsv() {}

    /** Whether a company's first facts come in by CSV on this day. */
    static boolean announces(Company company, LocalDate date) {
        return company.imported() && company.knownSince().equals(date);
    }

    static Optional<Request> arrivingOn(LocalDate date, List<Company> companies) {
        var rows = companies.stream()
                .filter(company -> announces(company, date))
                .map(company -> row(company, date))
                .collect(Collectors.joining());
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Request.postCsv("/v1/accounts/import", HEADER + "\n" + rows));
    }

    private static String row(Company company, LocalDate date) {
        var facts = company.factsOn(date).orElseThrow();
        var products =
                company.products().stream().map(product -> product.wireName()).collect(Collectors.joining(";"));
        var instances =
                company.instances().stream().map(instance -> instance.id()).collect(Collectors.joining(";"));
        return String.join(
                        ",",
                        company.id(),
                        company.name(),
                        company.segment().wireName(),
                        products,
                        facts.path("seats").asText(),
                        facts.path("expectedCloseOn").asText(),
                        company.timezone().getId(),
                        Optional.ofNullable(company.technicalAdvisor()).orElse(""),
                        company.accountExecutive(),
                        instances)
                + "\n";
    }
}
