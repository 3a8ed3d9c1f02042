package dev.stagecoach.alerts.digest;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.account.Health;
import dev.stagecoach.alerts.account.Profile;
import dev.stagecoach.alerts.digest.Book.Silence;
import dev.stagecoach.alerts.digest.Book.StageMove;
import dev.stagecoach.alerts.digest.Digest.Line;
import dev.stagecoach.alerts.digest.Digest.Section;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.DigestPolicy;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.HealthLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the digest of an owner. Pure: the same book gives the same digest. */
public final class ComposeDigest {
    private static final Duration WEEK = Duration.ofDays(7);

    private final AlertPolicy policy;
    private final UnaryOperator<String> accountLink;

    /** @param accountLink the address of the page of an account */
    public ComposeDigest(AlertPolicy policy, UnaryOperator<String> accountLink) {
        this.policy = policy;
        this.accountLink = accountLink;
    }

    /** When the week of a digest began. */
    public static Instant begin(Instant due) {
        return due.minus(WEEK);
    }

    /** The digest that is due at an instant. Accounts that are no customers are only told of where their stage changed. */
    public Digest of(String owner, Instant due, Book book) {
        DigestPolicy numbers = policy.digest();
        LocalDate date = numbers.dateOf(due, owner);
        Map<String, Account> accounts =
                book.accounts().stream().collect(Collectors.toMap(Account::id, Function.identity()));
        List<Account> customers = book.accounts().stream()
                .filter(Account::isCustomer)
                .sorted(Comparator.comparing(Account::displayName).thenComparing(Account::id))
                .toList();
        List<Section> sections = new ArrayList<>();
        add(sections, "stages", "Changed stage", moves(book.moves(), accounts));
        add(sections, "near-thresholds", "Near a threshold", near(customers));
        add(
                sections,
                "renewals",
                "Renewals in the next " + numbers.renewalDays() + " days",
                renewals(customers, date, numbers.renewalDays()));
        add(sections, "poor-health", "Poor health", poor(customers));
        add(sections, "silent-instances", "Fell silent", silences(book.silences(), accounts));
        return new Digest(DecisionId.of("digest", owner, date), owner, date, begin(due), due, sections);
    }

    private static void add(List<Section> sections, String name, String title, List<Line> lines) {
        if (!lines.isEmpty()) {
            sections.add(new Section(name, title, lines));
        }
    }

    private List<Line> moves(List<StageMove> moves, Map<String, Account> accounts) {
        return moves.stream()
                .filter(move -> accounts.containsKey(move.account()))
                .map(move -> line(
                        Objects.requireNonNull(accounts.get(move.account())),
                        named(move.from()) + " → " + named(move.to()) + " on " + Days.of(move.at())))
                .toList();
    }

    private static String named(@Nullable String stage) {
        return stage == null ? "no stage" : stage;
    }

    private List<Line> near(List<Account> customers) {
        int people = policy.digest().nearPeople();
        List<Line> lines = new ArrayList<>();
        for (Account account : customers) {
            Profile profile = account.profile();
            Nearness nearness = new Nearness(policy.of(profile == null ? null : profile.segment()), people);
            nearness.of(account).forEach(text -> lines.add(line(account, text)));
        }
        return lines;
    }

    private List<Line> renewals(List<Account> customers, LocalDate date, int days) {
        return customers.stream()
                .filter(account -> renewsOn(account) != null)
                .filter(account -> isWithin(daysUntil(account, date), days))
                .sorted(Comparator.comparing(account -> daysUntil(account, date)))
                .map(account -> line(account, renewal(account, daysUntil(account, date))))
                .toList();
    }

    private static boolean isWithin(long until, int days) {
        return until >= 0 && until <= days;
    }

    private static long daysUntil(Account account, LocalDate date) {
        return ChronoUnit.DAYS.between(date, Objects.requireNonNull(renewsOn(account)));
    }

    private static @Nullable LocalDate renewsOn(Account account) {
        return account.profile() == null ? null : account.profile().renewsOn();
    }

    private static String renewal(Account account, long until) {
        String when = until == 0 ? "today" : "in " + until + (until == 1 ? " day" : " days");
        Health health = account.health();
        String state = health == null || health.level() == HealthLevel.UNKNOWN
                ? "health unknown"
                : "health " + health.level().wireName();
        return "renews on " + renewsOn(account) + ", " + when + "; " + state;
    }

    private List<Line> poor(List<Account> customers) {
        return customers.stream()
                .filter(account -> account.health() != null && account.health().level() == HealthLevel.POOR)
                .map(account -> line(account, poor(Objects.requireNonNull(account.health()))))
                .toList();
    }

    private static String poor(Health health) {
        String score = health.score() == null ? "" : Days.oneDecimal(health.score()) + " of 10, ";
        return score + "since " + Days.of(health.at());
    }

    private List<Line> silences(List<Silence> silences, Map<String, Account> accounts) {
        return silences.stream()
                .filter(silence -> accounts.containsKey(silence.account()))
                .map(silence -> line(
                        Objects.requireNonNull(accounts.get(silence.account())),
                        silence.instance() + ", last ping on " + Days.of(silence.lastPingAt())))
                .toList();
    }

    private Line line(Account account, String text) {
        return new Line(account.id(), account.displayName(), text, accountLink.apply(account.id()));
    }
}
