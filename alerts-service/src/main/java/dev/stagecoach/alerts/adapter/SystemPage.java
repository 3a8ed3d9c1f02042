package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.operation.Standing;
import dev.stagecoach.alerts.operation.Trouble;
import io.quarkus.qute.TemplateData;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator looks at.
 *
 * @param instant the time as ticks tell it
 * @param looked when all this was looked at, by the clock on the wall
 * @param troubles what is wrong, what is stuck first
 * @param services how they say they stand
 * @param reading how far they have read
 * @param pings when instances pinged last
 * @param quarantine usage that was rejected, by reason
 * @param deadLetters what other services passed over, by reason
 * @param own what this service passed over, the latest first
 * @param chat how the places of the chat stand
 * @param webhooks how webhooks stand
 * @param deliveries messages that have not reached the chat although they were tried, the latest first
 * @param policies what decides, in which version
 */
@TemplateData
record SystemPage(
        Optional<Instant> instant,
        Moment looked,
        List<TroubleLine> troubles,
        List<Service> services,
        Reading reading,
        Pings pings,
        List<Rejected> quarantine,
        List<Rejected> deadLetters,
        List<DeadLetter> own,
        List<ChatReport> chat,
        List<StoredWebhook> webhooks,
        List<Delivery> deliveries,
        Policies policies) {
    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    public boolean isStuck() {
        return troubles.stream().anyMatch(TroubleLine::isStuck);
    }

    /** Something that is wrong. */
    @TemplateData
    record TroubleLine(Trouble trouble) {
        public String what() {
            return trouble.what();
        }

        public String toDo() {
            return trouble.toDo();
        }

        public @Nullable String where() {
            return trouble.where();
        }

        public boolean isStuck() {
            return trouble.kind() == Trouble.Kind.STUCK;
        }
    }

    /** How a service says it stands. */
    @TemplateData
    record Service(Standing standing) {
        public String name() {
            return standing.service();
        }

        public String version() {
            return standing.version().orElse("unknown");
        }

        public String state() {
            if (standing.silentBecause() != null) {
                return "does not answer";
            }
            return standing.ready() ? "ready" : "not ready";
        }

        public String level() {
            return standing.ready() ? "healthy" : "poor";
        }

        /** Empty for one that keeps nothing. */
        public String unpublished() {
            String age = standing.unpublishedFor()
                    .filter(waited -> !waited.isZero())
                    .map(waited -> " for " + PageText.duration(waited))
                    .orElse("");
            return standing.unpublished().map(rows -> rows + age).orElse("");
        }

        /** What it says besides, in its own words. */
        public String says() {
            String down = standing.down().stream()
                    .map(check -> check.data().getOrDefault("problem", check.name()))
                    .reduce((one, other) -> one + "; " + other)
                    .orElse("");
            return Stream.of(Optional.of(down), standing.said("blocked"), Optional.ofNullable(standing.silentBecause()))
                    .flatMap(Optional::stream)
                    .filter(text -> !text.isEmpty())
                    .reduce((one, other) -> one + "; " + other)
                    .orElse("");
        }
    }

    /**
     * How far services have read.
     *
     * @param problem why it is not known; null when it is
     */
    @TemplateData
    record Reading(@Nullable String problem, List<String> groups, List<TopicLags> topics) {}

    /** A topic, with what each group has not read of it. */
    @TemplateData
    record TopicLags(String topic, List<Unread> groups) {}

    /**
     * What a group has not read of a topic.
     *
     * @param records null when it does not read the topic
     */
    @TemplateData
    record Unread(
            String group, @Nullable Long records, @Nullable Duration standing) {
        public boolean isRead() {
            return records != null && records == 0;
        }

        /** For as long as it has been seen to stand, from a few seconds on. */
        public @Nullable String standingFor() {
            return standing == null || standing.toSeconds() < 5 ? null : "not moved for " + PageText.duration(standing);
        }
    }

    /**
     * When instances pinged last, those first that have not for longest.
     *
     * @param problem why it is not known; null when it is
     * @param counts of all of them; null where it is not known
     * @param next what to ask for to get the following page; null on the last
     */
    @TemplateData
    record Pings(
            @Nullable String problem,
            LifecycleApi.@Nullable Counts counts,
            List<Instance> instances,
            @Nullable String next) {
        public @Nullable String older() {
            return next == null
                    ? null
                    : PageLink.to("/system/instances").with("after", next).toString();
        }

        public long number() {
            return counts == null ? 0 : counts.instances();
        }

        public long silent() {
            return counts == null ? 0 : counts.silent();
        }

        public long neverPinged() {
            return counts == null ? 0 : counts.neverPinged();
        }
    }

    /** An instance of an account. */
    @TemplateData
    record Instance(LifecycleApi.Instance instance, Optional<Instant> now) {
        public String id() {
            return instance.instance();
        }

        public String account() {
            return instance.name();
        }

        public String accountLink() {
            return AlertsRunner.accountLink(URI.create(""), instance.account());
        }

        public String stage() {
            return instance.stage() == null ? "no stage" : instance.stage();
        }

        public String kind() {
            return instance.production() ? "production" : "not production: does not count";
        }

        public String version() {
            return instance.version() == null ? "unknown" : instance.version();
        }

        public @Nullable Moment lastPing() {
            return instance.lastPingAt() == null ? null : new Moment(instance.lastPingAt());
        }

        /** How long ago that was, as ticks tell the time. */
        public String ago() {
            return instance.lastPingAt() == null || now.isEmpty()
                    ? ""
                    : PageText.duration(nonNegative(Duration.between(instance.lastPingAt(), now.get()))) + " ago";
        }

        private static Duration nonNegative(Duration age) {
            return age.isNegative() ? Duration.ZERO : age;
        }

        public boolean isSilent() {
            return instance.silent();
        }
    }

    /**
     * Records that went no further for the same reason, from the same place.
     *
     * @param origin the path on which usage came; of a dead letter, the topic that it was in
     * @param days the latest first
     * @param place where the latest can be read
     * @param account whose the latest was
     */
    @TemplateData
    record Rejected(
            String topic,
            String reason,
            String origin,
            long records,
            List<DayCount> days,
            Moment last,
            String place,
            @Nullable String account) {
        public String service() {
            return topic.replaceFirst("\\.dead-letters$", "");
        }

        public @Nullable String accountLink() {
            return account == null ? null : AlertsRunner.accountLink(URI.create(""), account);
        }

        /** A command that shows the latest. */
        public String command() {
            String[] at = place.substring(topic.length() + 1).split("@", 2);
            return "kcat -C -b localhost:9092 -t " + topic + " -p " + at[0] + " -o " + at[1] + " -c 1 -f '%h\\n%s\\n'";
        }
    }

    /** How many on a day. */
    @TemplateData
    record DayCount(String day, long records) {}

    /**
     * A record that this service passed over.
     *
     * @param place topic, partition and offset
     * @param account its key, as far as it is text
     */
    @TemplateData
    record DeadLetter(String place, String account, String reason, Instant recordedAt) {
        public String at() {
            return recordedAt.toString();
        }

        public String atText() {
            return PageText.time(recordedAt);
        }
    }

    /** A message that has not reached the chat. */
    @TemplateData
    record Delivery(String title, String channel, String state, int attempts, String problem) {}

    /**
     * What decides, in which version.
     *
     * @param stagesProblem why the versions of stages and health are not known; null when they are
     * @param stages those that were ever in force, the latest first
     * @param campaignsProblem why the versions of campaigns are not known; null when they are
     * @param alerts the version of the alert policy
     */
    @TemplateData
    record Policies(
            @Nullable String stagesProblem,
            List<PolicyVersion> stages,
            @Nullable String campaignsProblem,
            List<CampaignVersion> campaigns,
            String alerts) {}

    /** A version of the policy of stages, health and usage. */
    @TemplateData
    record PolicyVersion(String version, @Nullable Moment since, boolean inForce) {}

    /** A campaign and its version. */
    @TemplateData
    record CampaignVersion(String id, int version) {
        public String title() {
            return PageText.titled(id);
        }

        public String link() {
            return PageLink.to("/outreach").slash(id).toString();
        }
    }
}
