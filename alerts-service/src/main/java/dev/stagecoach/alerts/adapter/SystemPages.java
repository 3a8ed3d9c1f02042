package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.adapter.SystemPage.CampaignVersion;
import dev.stagecoach.alerts.adapter.SystemPage.Instance;
import dev.stagecoach.alerts.adapter.SystemPage.Pings;
import dev.stagecoach.alerts.adapter.SystemPage.Policies;
import dev.stagecoach.alerts.adapter.SystemPage.PolicyVersion;
import dev.stagecoach.alerts.adapter.SystemPage.Reading;
import dev.stagecoach.alerts.adapter.SystemPage.TopicLags;
import dev.stagecoach.alerts.adapter.SystemPage.Unread;
import dev.stagecoach.alerts.operation.FindTroubles;
import dev.stagecoach.alerts.operation.Lag;
import dev.stagecoach.alerts.operation.Observed;
import dev.stagecoach.alerts.operation.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes the page of the system. All others are asked at once, and waited for no longer than the settings say. */
@ApplicationScoped
class SystemPages {
    private static final int SHORT = 10;
    private static final int LONG = 100;

    private final JdbcSystem stored;
    private final KafkaLags lags;
    private final PeerReadiness peers;
    private final LifecyclePeer lifecycle;
    private final OutreachPeer outreach;
    private final JdbcChatReports chat;
    private final JdbcWebhooks webhooks;
    private final AlertsRunner runner;
    private final RejectsRunner rejects;
    private final String version;

    SystemPages(
            JdbcSystem stored,
            KafkaLags lags,
            PeerReadiness peers,
            LifecyclePeer lifecycle,
            OutreachPeer outreach,
            JdbcChatReports chat,
            JdbcWebhooks webhooks,
            AlertsRunner runner,
            RejectsRunner rejects,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.stored = stored;
        this.lags = lags;
        this.peers = peers;
        this.lifecycle = lifecycle;
        this.outreach = outreach;
        this.chat = chat;
        this.webhooks = webhooks;
        this.runner = runner;
        this.rejects = rejects;
        this.version = version;
    }

    SystemPage show() {
        PeerReadiness.Asked standings = peers.ask();
        PeerQuestion<LifecycleApi.Instances> instances = lifecycle.ask(api -> api.instances(null, SHORT));
        PeerQuestion<List<LifecycleApi.PolicyVersion>> versions = lifecycle.ask(LifecycleApi::policyVersions);
        PeerQuestion<List<OutreachApi.Campaign>> campaigns = outreach.ask(OutreachApi::campaigns);
        PeerQuestion<OutreachApi.Approvals> approvals = outreach.ask(api -> api.approvals(null, null));
        Instant looked = Instant.now();
        JdbcSystem.Stored found = stored.read(PageText.dayOf(looked));
        List<ChatReport> places = chat.all();
        List<StoredWebhook> programs = webhooks.all();
        KafkaLags.Found read = lags.look();
        List<Standing> services =
                Stream.concat(standings.await().stream(), Stream.of(own())).toList();
        Observed observed = new Observed(
                services,
                read.lags(),
                read.problem(),
                found.now().map(tick -> Duration.between(tick, looked)).orElse(null),
                found.passedOver(),
                found.rejected(),
                campaigns.await().orElse(0L, SystemPages::inDoubt),
                approvals.await().orElse(0L, SystemPages::held),
                campaigns.await().orElse(0L, SystemPages::missing),
                chatProblems(places),
                webhookProblems(programs));
        return new SystemPage(
                found.now(),
                new Moment(looked),
                FindTroubles.in(observed).stream()
                        .map(SystemPage.TroubleLine::new)
                        .toList(),
                services.stream().map(SystemPage.Service::new).toList(),
                reading(read),
                pings(instances.await(), found.now()),
                found.quarantine(),
                found.deadLetters(),
                found.own(),
                places,
                programs,
                found.deliveries(),
                policies(versions.await(), campaigns.await()));
    }

    /** More of the instances. */
    Pings instances(@Nullable String after) {
        PeerQuestion<LifecycleApi.Instances> instances = lifecycle.ask(api -> api.instances(after, LONG));
        return pings(instances.await(), stored.now());
    }

    private Standing own() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("version", version);
        runner.problem().ifPresent(problem -> data.put("problem", problem));
        runner.blocked().ifPresent(blocked -> data.put("blocked", blocked));
        runner.unpublished().ifPresent(left -> {
            data.put("outboxRows", String.valueOf(left.rows()));
            data.put("outboxOldestSeconds", String.valueOf(left.oldest().toSeconds()));
        });
        Map<String, String> ofRejects = new LinkedHashMap<>();
        rejects.problem().ifPresent(problem -> ofRejects.put("problem", problem));
        return new Standing(
                KafkaInputs.GROUP,
                null,
                runner.problem().isEmpty(),
                List.of(
                        new Standing.Check("alerts", runner.problem().isEmpty(), data),
                        new Standing.Check(
                                "counting what was rejected", rejects.problem().isEmpty(), ofRejects)));
    }

    private static long inDoubt(List<OutreachApi.Campaign> campaigns) {
        return campaigns.stream()
                .mapToLong(campaign -> campaign.balance().unknown())
                .sum();
    }

    private static long missing(List<OutreachApi.Campaign> campaigns) {
        return campaigns.stream()
                .mapToLong(campaign ->
                        MailBalance.of(campaign.id(), campaign.balance()).missing())
                .sum();
    }

    private static long held(OutreachApi.Approvals approvals) {
        return approvals.waiting().stream()
                .mapToLong(OutreachApi.Waiting::mails)
                .sum();
    }

    private static List<String> chatProblems(List<ChatReport> places) {
        return places.stream()
                .filter(place -> !place.problemText().isEmpty() || place.failed() > 0)
                .map(place -> place.problemText().isEmpty()
                        ? place.place() + " refused " + place.failed() + " alerts for good"
                        : place.place() + ", " + place.waiting() + " alerts wait: " + place.problemText())
                .toList();
    }

    private static List<String> webhookProblems(List<StoredWebhook> programs) {
        return programs.stream()
                .filter(program -> program.isParked() || !program.problemText().isEmpty())
                .map(program -> program.name() + " is " + program.state() + ", " + program.waiting()
                        + " messages wait: " + program.problemText())
                .toList();
    }

    private static Reading reading(KafkaLags.Found read) {
        Map<String, Map<String, Lag>> byTopic = new LinkedHashMap<>();
        TreeSet<String> topics = new TreeSet<>();
        read.lags().forEach(lag -> topics.add(lag.topic()));
        topics.forEach(topic -> byTopic.put(topic, new LinkedHashMap<>()));
        read.lags().forEach(lag -> byTopic.getOrDefault(lag.topic(), Map.of()).put(lag.group(), lag));
        List<TopicLags> rows = new ArrayList<>();
        byTopic.forEach((topic, groups) -> rows.add(new TopicLags(
                topic,
                KafkaLags.GROUPS.stream()
                        .map(group -> unread(group, Optional.ofNullable(groups.get(group))))
                        .toList())));
        return new Reading(read.problem(), KafkaLags.GROUPS, rows);
    }

    private static Unread unread(String group, Optional<Lag> lag) {
        return new Unread(
                group,
                lag.map(Lag::unread).orElse(null),
                lag.map(Lag::standingFor).orElse(null));
    }

    private static Pings pings(PeerAnswer<LifecycleApi.Instances> instances, Optional<Instant> now) {
        return new Pings(
                instances.problem(),
                instances.orNull(LifecycleApi.Instances::counts),
                instances.orElse(
                        List.of(),
                        found -> found.instances().stream()
                                .map(instance -> new Instance(instance, now))
                                .toList()),
                instances.orNull(LifecycleApi.Instances::next));
    }

    private Policies policies(
            PeerAnswer<List<LifecycleApi.PolicyVersion>> versions, PeerAnswer<List<OutreachApi.Campaign>> campaigns) {
        return new Policies(
                versions.problem(),
                versions.orElse(
                        List.of(),
                        found -> found.stream()
                                .map(one -> new PolicyVersion(
                                        one.version(),
                                        one.since() == null ? null : new Moment(one.since()),
                                        one.inForce()))
                                .toList()),
                campaigns.problem(),
                campaigns.orElse(
                        List.of(),
                        found -> found.stream()
                                .map(one -> new CampaignVersion(one.id(), one.version()))
                                .toList()),
                runner.policyVersion());
    }
}
