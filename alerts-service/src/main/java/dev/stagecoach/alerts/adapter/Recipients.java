package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.webhook.Endpoint;
import java.util.List;
import java.util.Set;

/**
 * Who is told of a new alert, beside its topic, and of a week.
 *
 * @param chatChannels keys of the channels that are somewhere in the chat
 * @param webhooks programs
 * @param weeklyDigests whether the chat has a place for them
 */
record Recipients(Set<String> chatChannels, List<Endpoint> webhooks, boolean weeklyDigests) {
    static final Recipients NONE = new Recipients(Set.of(), List.of(), false);

    Recipients {
        chatChannels = Set.copyOf(chatChannels);
        webhooks = List.copyOf(webhooks);
    }
}
