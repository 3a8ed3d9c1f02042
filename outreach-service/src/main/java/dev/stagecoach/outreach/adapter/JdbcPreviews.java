package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.events.Contact;
import dev.stagecoach.outreach.JudgePreview;
import dev.stagecoach.outreach.JudgePreview.Judged;
import dev.stagecoach.outreach.JudgePreview.Reader;
import dev.stagecoach.outreach.JudgePreview.Run;
import dev.stagecoach.outreach.JudgePreview.Standing;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.account.Address;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.delivery.Enrolment;
import dev.stagecoach.outreach.delivery.Reasons;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Previews over all accounts, a page at a time: however many there are, a page is in memory. */
final class JdbcPreviews {
    private static final int PAGE = 500;

    private final DataSource database;
    private final JudgePreview judge;

    JdbcPreviews(DataSource database, JudgePreview judge) {
        this.database = database;
        this.judge = judge;
    }

    /**
     * Who would get a campaign.
     *
     * @param totals over all accounts; on the first page
     * @param next what to ask for to get the following page; absent on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Everyone(
            String campaign,
            int version,
            @Nullable Totals totals,
            List<Judged> accounts,
            @Nullable String next) {}

    /**
     * In numbers.
     *
     * @param wouldGet accounts where somebody would get it
     * @param people who would
     * @param whyNot accounts and people who would not, by the reason's first word
     * @param running accounts where it runs
     * @param onOlderVersion of these, those that go on with an older version
     */
    record Totals(
            long accounts, long wouldGet, long people, Map<String, Long> whyNot, long running, long onOlderVersion) {}

    /** One account; empty when it is not known. */
    Optional<Judged> one(Campaign campaign, String account) {
        return judged(campaign, Set.of(account)).stream().findFirst();
    }

    Everyone page(Campaign campaign, @Nullable String after, int limit) {
        List<String> ids = ids(after == null ? "" : after, limit + 1);
        List<String> shown = ids.size() > limit ? ids.subList(0, limit) : ids;
        return new Everyone(
                campaign.id(),
                campaign.version(),
                after == null ? totals(campaign) : null,
                judged(campaign, new LinkedHashSet<>(shown)),
                ids.size() > limit ? ids.get(limit - 1) : null);
    }

    private Totals totals(Campaign campaign) {
        Map<String, Long> whyNot = new TreeMap<>();
        long accounts = 0;
        long wouldGet = 0;
        long people = 0;
        long running = 0;
        long older = 0;
        List<String> ids = ids("", PAGE);
        while (!ids.isEmpty()) {
            for (Judged judged : judged(campaign, new LinkedHashSet<>(ids))) {
                accounts++;
                wouldGet += judged.gets() ? 1 : 0;
                people += judged.gets() ? readersOf(judged) : 0;
                judged.whyNot().forEach(why -> whyNot.merge(word(why), 1L, Long::sum));
                judged.recipients().stream()
                        .map(Reader::whyNot)
                        .filter(why -> why != null)
                        .forEach(why -> whyNot.merge(word(why), 1L, Long::sum));
                running += judged.running().isEmpty() ? 0 : 1;
                older += judged.running().stream().anyMatch(Run::older) ? 1 : 0;
            }
            ids = ids(ids.get(ids.size() - 1), PAGE);
        }
        return new Totals(accounts, wouldGet, people, whyNot, running, older);
    }

    private static long readersOf(Judged judged) {
        return judged.recipients().stream()
                .filter(reader -> reader.whyNot() == null)
                .count();
    }

    private static String word(String reason) {
        int colon = reason.indexOf(':');
        return colon < 0 ? reason : reason.substring(0, colon);
    }

    private List<String> ids(String after, int limit) {
        return Jdbc.inTransaction(
                database,
                transaction -> Jdbc.query(
                        transaction,
                        "select id from account where id > ? order by id limit ?",
                        row -> row.getString("id"),
                        after,
                        limit));
    }

    private List<Judged> judged(Campaign campaign, Set<String> ids) {
        return Jdbc.inTransaction(database, transaction -> {
            Jdbc.update(transaction, "set transaction isolation level repeatable read, read only");
            JdbcEnrolments enrolments = new JdbcEnrolments(transaction);
            Map<String, Enrolment> loaded = enrolments.load(ids);
            Map<Integer, Instant> clocks = enrolments.clocks(partitions(loaded));
            Unwanted unwanted = unwanted(transaction, campaign, loaded);
            List<Judged> judged = new ArrayList<>();
            for (String id : ids) {
                Enrolment enrolment = loaded.get(id);
                if (enrolment != null) {
                    Instant now = clocks.getOrDefault(enrolment.account().partition(), Instant.EPOCH);
                    judged.add(judge.judge(campaign, new Standing(enrolment, now, unwanted.at(enrolment.account()))));
                }
            }
            return judged;
        });
    }

    private static Set<Integer> partitions(Map<String, Enrolment> enrolments) {
        Set<Integer> partitions = new HashSet<>();
        enrolments
                .values()
                .forEach(enrolment -> partitions.add(enrolment.account().partition()));
        return partitions;
    }

    /** Who wants no mails of a kind, and to which addresses none are sent. */
    private record Unwanted(Set<String> contacts, Set<String> addresses, Set<String> bounced) {
        Map<String, String> at(Account account) {
            Map<String, String> against = new HashMap<>();
            for (Contact contact : account.contacts()) {
                if (contacts.contains(account.id() + "/" + contact.id()) || addresses.contains(Address.of(contact))) {
                    against.put(contact.id(), Reasons.UNSUBSCRIBED);
                } else if (bounced.contains(Address.of(contact))) {
                    against.put(contact.id(), Reasons.ADDRESS_BOUNCED);
                }
            }
            return against;
        }
    }

    private static Unwanted unwanted(Connection transaction, Campaign campaign, Map<String, Enrolment> loaded)
            throws SQLException {
        Set<String> addresses = new HashSet<>();
        loaded.values()
                .forEach(enrolment ->
                        enrolment.account().contacts().forEach(contact -> addresses.add(Address.of(contact))));
        Unwanted unwanted = new Unwanted(new HashSet<>(), new HashSet<>(), new HashSet<>());
        Jdbc.query(
                transaction,
                """
                select out.account, out.contact, asked.address
                from opt_out out left join unnest(?::text[]) asked (address) on out.address_hash = hash_of_address(asked.address)
                where (out.kind is null or out.kind = ?) and (out.account = any(?) or asked.address is not null)
                """,
                row -> {
                    Optional.ofNullable(row.getString("address")).ifPresent(unwanted.addresses()::add);
                    return unwanted.contacts().add(row.getString("account") + "/" + row.getString("contact"));
                },
                Jdbc.texts(transaction, addresses),
                campaign.kind().wireName(),
                Jdbc.texts(transaction, loaded.keySet()));
        Jdbc.query(
                transaction,
                "select address from bounced_address where suppressed and address = any(?)",
                row -> unwanted.bounced().add(row.getString("address")),
                Jdbc.texts(transaction, addresses));
        return unwanted;
    }
}
