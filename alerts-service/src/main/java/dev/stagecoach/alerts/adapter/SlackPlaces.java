package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings.Slack;
import dev.stagecoach.alerts.delivery.Place;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Channel;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the channels of the policy are in Slack. Channels that share a webhook, or a channel of Slack, are one place: the rate
 * is that of the place.
 */
final class SlackPlaces {
    private final List<Place> places;
    private final Map<String, URI> webhooks;
    private final @Nullable Bot bot;
    private final Map<String, Place> owners;
    private final @Nullable Place otherOwners;

    SlackPlaces(List<Place> places, Map<String, URI> webhooks, @Nullable Bot bot) {
        this(places, webhooks, bot, Map.of(), null);
    }

    /**
     * With places for weekly digests.
     *
     * @param owners where owners read, if not where all others do
     * @param otherOwners where all others do; null for nowhere
     */
    SlackPlaces(
            List<Place> places,
            Map<String, URI> webhooks,
            @Nullable Bot bot,
            Map<String, Place> owners,
            @Nullable Place otherOwners) {
        this.places = List.copyOf(places);
        this.owners = Map.copyOf(owners);
        this.otherOwners = otherOwners;
        this.webhooks = Map.copyOf(webhooks);
        this.bot = bot;
    }

    /** @throws PolicyException naming a setting of a channel that the policy does not have */
    static SlackPlaces of(Slack slack, AlertPolicy policy) {
        refuseUnknown("channels", slack.channels().keySet(), policy);
        refuseUnknown("channel-ids", slack.channelIds().keySet(), policy);
        return slack.botToken().map(token -> ofBot(slack, token, policy)).orElseGet(() -> ofWebhooks(slack, policy));
    }

    private static void refuseUnknown(String setting, Set<String> keys, AlertPolicy policy) {
        List<String> known = policy.channels().stream().map(Channel::key).toList();
        for (String key : keys) {
            if (!known.contains(key)) {
                throw new PolicyException("stagecoach.alerts.slack." + setting + "." + key
                        + ": no channel of the policy (expected one of: " + String.join(", ", known) + ")");
            }
        }
    }

    private static SlackPlaces ofBot(Slack slack, String token, AlertPolicy policy) {
        Map<String, String> channels = new LinkedHashMap<>();
        policy.channels()
                .forEach(channel ->
                        channels.put(channel.key(), slack.channelIds().getOrDefault(channel.key(), channel.name())));
        Map<String, String> byPlace = new HashMap<>();
        List<Place> places = places(channels, true);
        places.forEach(place -> byPlace.put(place.name(), String.valueOf(channels.get(place.name()))));
        URI postMessage = URI.create(slack.apiUrl().toString().replaceFirst("/+$", "") + "/chat.postMessage");
        return new SlackPlaces(
                places,
                Map.of(),
                new Bot(postMessage, token, byPlace),
                owners(slack, places, byPlace),
                placeOf(slack.weeklyDigests(), places));
    }

    private static SlackPlaces ofWebhooks(Slack slack, AlertPolicy policy) {
        Map<String, URI> webhooks = new LinkedHashMap<>();
        policy.channels()
                .forEach(channel ->
                        slack.webhookOf(channel.key()).ifPresent(webhook -> webhooks.put(channel.key(), webhook)));
        List<Place> places = places(webhooks, false);
        return new SlackPlaces(places, webhooks, null, Map.of(), placeOf(slack.weeklyDigests(), places));
    }

    /** An owner who reads in a channel of alerts shares its place. */
    private static Map<String, Place> owners(Slack slack, List<Place> places, Map<String, String> targets) {
        Map<String, Place> owners = new HashMap<>();
        slack.owners()
                .forEach((owner, target) -> owners.put(
                        owner,
                        places.stream()
                                .filter(place -> target.equals(targets.get(place.name())))
                                .findFirst()
                                .orElseGet(() -> new Place(target, List.of(), false))));
        return owners;
    }

    private static @Nullable Place placeOf(String channel, List<Place> places) {
        return places.stream()
                .filter(place -> place.channels().contains(channel))
                .findFirst()
                .orElse(null);
    }

    private static List<Place> places(Map<String, ?> targets, boolean threads) {
        Map<Object, List<String>> byTarget = new LinkedHashMap<>();
        for (String key : new TreeSet<>(targets.keySet())) {
            byTarget.computeIfAbsent(targets.get(key), target -> new ArrayList<>())
                    .add(key);
        }
        return byTarget.values().stream()
                .map(keys -> new Place(keys.get(0), keys, threads))
                .toList();
    }

    /** Whether the weekly digests of all owners have a place. */
    boolean takesWeeklyDigests() {
        return otherOwners != null;
    }

    /** Where an owner reads; to be asked only when all have a place. */
    Place ofOwner(String owner) {
        return owners.getOrDefault(owner, Objects.requireNonNull(otherOwners));
    }

    List<Place> all() {
        return places;
    }

    /** The channels that have a place. */
    Set<String> channels() {
        return places.stream().flatMap(place -> place.channels().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Nullable URI webhook(String place) {
        return webhooks.get(place);
    }

    Optional<Bot> bot() {
        return Stream.ofNullable(bot).findFirst();
    }

    /** A bot and the channels it posts to, by place. */
    record Bot(URI postMessage, String token, Map<String, String> channels) {
        Bot {
            channels = Map.copyOf(channels);
        }

        String channel(String place) {
            return channels.getOrDefault(place, place);
        }
    }
}
