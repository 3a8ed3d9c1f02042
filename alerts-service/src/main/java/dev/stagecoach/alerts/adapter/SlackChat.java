package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.alerts.Chat;
import dev.stagecoach.alerts.adapter.ApacheHttp.Answer;
import dev.stagecoach.alerts.delivery.AccountAlerts;
import dev.stagecoach.alerts.delivery.Message;
import dev.stagecoach.alerts.delivery.Message.Single;
import dev.stagecoach.alerts.delivery.Outcome;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Posts to Slack: as a bot, in threads by account, or to incoming webhooks. Webhooks and tokens are secrets: they appear in
 * no log and no error.
 */
final class SlackChat implements Chat {
    private static final int LINE_BREAK = 1;

    private final ApacheHttp http;
    private final SlackPlaces places;

    SlackChat(ApacheHttp http, SlackPlaces places) {
        this.http = http;
        this.places = places;
    }

    @Override
    public Outcome post(Message message) {
        try {
            return places.bot()
                    .map(bot -> asBot(bot, message))
                    .orElseGet(() -> toWebhook(places.webhook(message.place()), message));
        } catch (UncheckedAnswer e) {
            return new Outcome.Unavailable("no answer: " + e.cause.getClass().getSimpleName());
        }
    }

    private Outcome toWebhook(@Nullable URI webhook, Message message) {
        if (webhook == null) {
            return new Outcome.Closed("no webhook is set for " + message.place());
        }
        return SlackAnswers.ofWebhook(send(webhook, Map.of(), SlackMessage.of(message)));
    }

    private Outcome asBot(SlackPlaces.Bot bot, Message message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("channel", bot.channel(message.place()));
        if (message instanceof Single single && single.thread() != null) {
            body.put("thread_ts", single.thread());
            body.put("reply_broadcast", single.broadcast());
        }
        body.putAll(SlackMessage.of(message));
        return SlackAnswers.ofApi(send(bot.postMessage(), Map.of("Authorization", "Bearer " + bot.token()), body));
    }

    private Answer send(URI to, Map<String, String> headers, Map<String, Object> body) {
        try {
            return http.post(to, headers, EventCodec.json().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message is no JSON", e);
        } catch (IOException e) {
            throw new UncheckedAnswer(e);
        }
    }

    @Override
    public int sizeInDigest(AccountAlerts account) {
        return SlackMessage.line(account).length() + LINE_BREAK;
    }

    @Override
    public int roomOfDigest() {
        return SlackMessage.ROOM_OF_DIGEST;
    }

    /** Carries what went wrong to where it becomes an outcome. */
    private static final class UncheckedAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final IOException cause;

        UncheckedAnswer(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
