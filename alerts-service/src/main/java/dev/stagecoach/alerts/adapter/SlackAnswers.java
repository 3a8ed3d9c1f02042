package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.alerts.adapter.ApacheHttp.Answer;
import dev.stagecoach.alerts.delivery.Outcome;
import dev.stagecoach.events.EventCodec;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What Slack's answers mean. */
final class SlackAnswers {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int MOST_OF_AN_ANSWER = 200;
    private static final Duration WHEN_SLACK_DOES_NOT_SAY = Duration.ofSeconds(30);

    /** Statuses of a webhook that is gone, switched off or may not post: another message would fare no better. */
    private static final Set<Integer> CLOSED = Set.of(401, 403, 404, 410);

    private static final Set<String> BUSY = Set.of("ratelimited", "rate_limited", "message_limit_exceeded");
    private static final Set<String> UNAVAILABLE =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org");
    private static final Set<String> NO_THREAD = Set.of(
            "cannot_reply_to_message",
            "invalid_thread_ts",
            "message_not_found",
            "restricted_action_non_threadable_channel",
            "restricted_action_thread_locked",
            "thread_not_found");

    /** Errors that somebody has to set right in Slack or in settings, with how. */
    private static final Map<String, String> TO_SET_RIGHT = Map.ofEntries(
            Map.entry("access_denied", "the bot may not post: look at its permissions"),
            Map.entry("account_inactive", "the bot's token belongs to a deleted user or workspace: make a new one"),
            Map.entry("channel_not_found", "there is no such channel, or the bot is not in it: invite it"),
            Map.entry("ekm_access_denied", "the workspace's administrators have suspended posting"),
            Map.entry("invalid_auth", "the bot's token is not valid: set stagecoach.alerts.slack.bot-token"),
            Map.entry("is_archived", "the channel is archived: unarchive it or choose another"),
            Map.entry("missing_scope", "the bot lacks the scope chat:write: add it and install the app again"),
            Map.entry("no_permission", "the bot may not post: look at its permissions"),
            Map.entry("not_allowed_token_type", "the token is no bot token: it starts with xoxb-"),
            Map.entry("not_authed", "there is no token: set stagecoach.alerts.slack.bot-token"),
            Map.entry("not_in_channel", "the bot is not in the channel: invite it"),
            Map.entry("org_login_required", "the workspace is being moved to an organisation: wait or ask Slack"),
            Map.entry("restricted_action", "the workspace lets the bot not post there: ask its administrators"),
            Map.entry("restricted_action_read_only_channel", "the channel is read-only: let the bot post"),
            Map.entry("restricted_action_thread_only_channel", "the channel takes answers only: choose another"),
            Map.entry("team_access_not_granted", "the bot is not granted access to the workspace"),
            Map.entry("token_expired", "the bot's token has expired: make a new one"),
            Map.entry("token_revoked", "the bot's token was revoked: make a new one"),
            Map.entry("two_factor_setup_required", "the bot's owner has to set up two factors"));

    private SlackAnswers() {}

    /** Of an incoming webhook: its status tells. */
    static Outcome ofWebhook(Answer answer) {
        int status = answer.status();
        if (status / 100 == 2) {
            return new Outcome.Posted(null);
        }
        if (CLOSED.contains(status)) {
            return new Outcome.Closed(text(answer) + ": make a new incoming webhook and set it");
        }
        return failure(answer);
    }

    /** Of the Web API: 200 says nothing yet, {@code ok} does. */
    static Outcome ofApi(Answer answer) {
        if (answer.status() / 100 != 2) {
            return failure(answer);
        }
        try {
            JsonNode body = EventCodec.json().readTree(answer.body());
            if (body.path("ok").asBoolean()) {
                return new Outcome.Posted(body.path("ts").textValue());
            }
            return error(body.path("error").asText("an answer without ok and error"), answer);
        } catch (JsonProcessingException e) {
            return new Outcome.Unavailable("no answer of Slack: " + abridged(answer.body()));
        }
    }

    private static Outcome error(String error, Answer answer) {
        if (BUSY.contains(error)) {
            return new Outcome.Busy(answer.retryAfter().orElse(WHEN_SLACK_DOES_NOT_SAY));
        }
        if (UNAVAILABLE.contains(error)) {
            return new Outcome.Unavailable(error);
        }
        if (NO_THREAD.contains(error)) {
            return new Outcome.NoThread(error);
        }
        String toDo = TO_SET_RIGHT.get(error);
        return toDo == null ? new Outcome.Refused(abridged(error)) : new Outcome.Closed(error + ": " + toDo);
    }

    private static Outcome failure(Answer answer) {
        int status = answer.status();
        if (status == TOO_MANY_REQUESTS) {
            return new Outcome.Busy(answer.retryAfter().orElse(WHEN_SLACK_DOES_NOT_SAY));
        }
        return status == REQUEST_TIMEOUT || status / 100 == 5
                ? new Outcome.Unavailable(text(answer))
                : new Outcome.Refused(text(answer));
    }

    private static String text(Answer answer) {
        return (answer.status() + " " + abridged(answer.body())).strip();
    }

    private static String abridged(String answer) {
        String line = answer.strip();
        return line.length() <= MOST_OF_AN_ANSWER ? line : line.substring(0, MOST_OF_AN_ANSWER) + "…";
    }
}
