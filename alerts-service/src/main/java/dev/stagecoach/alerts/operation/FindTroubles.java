package dev.stagecoach.alerts.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what is wrong, what is stuck first: a line for each thing, with what to do. {@code docs/operating.md} says more of each. */
public final class FindTroubles {
    /** A service that is killed and started again takes up what it was reading within that time. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String LIFECYCLE = "lifecycle-service";

    private final Observed observed;
    private final List<Trouble> found = new ArrayList<>();

    private FindTroubles(Observed observed) {
        this.observed = observed;
    }

    /** Empty when all is well. */
    public static List<Trouble> in(Observed observed) {
        FindTroubles find = new FindTroubles(observed);
        find.services();
        find.time();
        find.reading();
        find.mails();
        find.told();
        find.records();
        return find.found.stream()
                .sorted((one, other) -> one.kind().compareTo(other.kind()))
                .toList();
    }

    private void services() {
        for (Standing service : observed.services()) {
            if (service.silentBecause() != null) {
                found.add(Trouble.stuck(
                        service.silentBecause(),
                        "See whether it runs, and whether alerts-service is told where (stagecoach.alerts.peers)."));
            }
            service.down()
                    .forEach(check -> found.add(Trouble.stuck(
                            service.service() + " is not ready, " + check.why(),
                            "It goes on by itself once that is mended.")));
            blocked(service);
            outbox(service);
        }
    }

    private void blocked(Standing service) {
        service.said("blocked")
                .ifPresent(why -> found.add(Trouble.stuck(
                        service.service() + " cannot apply a record: " + why,
                        "Wait: after five tries it is set aside by itself, and the other accounts go on meanwhile.")));
        service.said("trouble")
                .filter(trouble -> !trouble.equals("none"))
                .ifPresent(trouble -> found.add(Trouble.stuck(
                        "Mails wait for the mail server: " + trouble,
                        "Look at the mail server. They go out by themselves once it takes them.")));
        service.number("accountsPutOff")
                .filter(accounts -> accounts > 0)
                .ifPresent(accounts -> found.add(Trouble.stuck(
                        counted(accounts, "account") + " cannot be looked at by " + service.service(),
                        "A mistake in the program, most likely: the column problem of its table journey says which.")));
    }

    private void outbox(Standing service) {
        service.unpublishedFor()
                .filter(age -> age.compareTo(PATIENCE) >= 0)
                .ifPresent(age -> found.add(Trouble.stuck(
                        service.service() + " has decided what Kafka has not taken for " + words(age) + ": "
                                + counted(service.unpublished().orElse(0L), "event"),
                        "Look at Kafka. They are published by themselves once it takes them.")));
    }

    /** Where time is told from elsewhere, as in a time-lapse, it may stand still. */
    private void time() {
        Optional<Standing> ticker = observed.services().stream()
                .filter(service -> service.service().equals(LIFECYCLE))
                .filter(service -> service.said("ticks").equals(Optional.of("from here")))
                .findFirst();
        Duration age = observed.sinceTick();
        if (ticker.isPresent() && (age == null || age.compareTo(PATIENCE) >= 0)) {
            found.add(Trouble.stuck(
                    "Time stands still: "
                            + (age == null ? "there was no tick yet" : "the latest tick was " + words(age) + " ago"),
                    "What depends on time does not happen. Look for “this replica makes time pass” in the log of "
                            + LIFECYCLE + "."));
        }
    }

    private void reading() {
        if (observed.lagProblem() != null) {
            found.add(Trouble.stuck(
                    "It is not known how far services have read: " + observed.lagProblem(), "Look at Kafka."));
        }
        for (Lag lag : observed.lags()) {
            Duration standing = lag.standingFor();
            if (standing != null && standing.compareTo(PATIENCE) >= 0) {
                found.add(
                        Trouble.stuck(
                                lag.group() + " has not read on in " + lag.topic() + " for " + words(standing) + ": "
                                        + counted(lag.unread(), "record") + (lag.unread() == 1 ? " waits" : " wait"),
                                "What it says of itself is below. If it says that all is well, start it again: nothing is lost."));
            }
        }
    }

    private void mails() {
        if (observed.missing() != 0) {
            found.add(new Trouble(
                    Trouble.Kind.STUCK,
                    "The balance of mails does not add up: " + observed.missing() + " missing",
                    "A mistake in outreach-service. Tell its developers which campaign it is.",
                    "/outreach"));
        }
        if (observed.inDoubt() > 0) {
            found.add(Trouble.look(
                    counted(observed.inDoubt(), "mail") + " in doubt: nobody knows whether "
                            + (observed.inDoubt() == 1 ? "it" : "they") + " arrived",
                    "Ask the recipient or look into the mail server's log, and say what you found.",
                    "/outreach#doubts"));
        }
        if (observed.held() > 0) {
            found.add(Trouble.look(
                    counted(observed.held(), "mail") + " held for approval",
                    "Release or reject " + (observed.held() == 1 ? "it." : "them."),
                    "/outreach#approvals"));
        }
    }

    private void told() {
        observed.chatProblems()
                .forEach(problem -> found.add(new Trouble(
                        Trouble.Kind.STUCK,
                        "Slack: " + problem,
                        "Alerts wait and are listed here meanwhile. They are posted by themselves once that is mended.",
                        "#deliveries")));
        observed.webhookProblems()
                .forEach(problem -> found.add(new Trouble(
                        Trouble.Kind.STUCK,
                        "Webhook " + problem,
                        "What is for it waits. One that is parked has to be resumed: POST /v1/webhooks/{name}/resume.",
                        "#webhooks")));
    }

    private void records() {
        observed.passedOver().stream()
                .filter(service -> service.number() > 0)
                .forEach(service -> found.add(Trouble.look(
                        service.name() + " passed over " + counted(service.number(), "record") + " within a week",
                        "See why, and correct what sent them or the service; each is kept.",
                        "#dead-letters")));
        if (observed.rejected() > 0) {
            found.add(Trouble.look(
                    counted(observed.rejected(), "piece") + " of usage rejected since yesterday",
                    "See why, and correct what can be; each is kept as it came. ./stagecoach quarantine list shows them, and"
                            + " ./stagecoach quarantine replay feeds them back.",
                    "#quarantine"));
        }
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String words(Duration age) {
        if (age.toHours() > 0) {
            return counted(age.toHours(), "hour");
        }
        return age.toMinutes() > 0 ? counted(age.toMinutes(), "minute") : counted(age.toSeconds(), "second");
    }
}
