package dev.stagecoach.ingest;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.AliasMessage;
import com.segment.analytics.messages.GroupMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.MessageBuilder;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.ScreenMessage;
import com.segment.analytics.messages.TrackMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@code com.segment.analytics.java:analytics}. */
final class SegmentForJava implements Sdk {
    /** It waits up to half a minute before it tries again for the first time, by chance. */
    private static final long PATIENCE_SECONDS = 60;

    @Override
    public Outcome send(URI address, String writeKey, List<Call> calls) {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Analytics analytics = Analytics.builder(writeKey)
                .endpoint(address.toString())
                .callback(new Telling(told))
                .build();
        try {
            calls.forEach(call -> analytics.enqueue(message(call)));
            analytics.flush();
            return outcome(told, calls.size());
        } finally {
            analytics.shutdown();
        }
    }

    private static MessageBuilder<?, ?> message(Call call) {
        MessageBuilder<?, ?> message = switch (call.type()) {
            case "track" -> TrackMessage.builder(call.name());
            case "page" -> PageMessage.builder(call.name());
            case "screen" -> ScreenMessage.builder(call.name());
            case "identify" -> IdentifyMessage.builder().traits(Map.of("email", Call.USER));
            case "group" -> GroupMessage.builder(call.account());
            case "alias" -> AliasMessage.builder("somebody");
            default -> throw new IllegalArgumentException(call.type());
        };
        message.userId(Call.USER);
        message.context(Map.of("groupId", call.account()));
        return message;
    }

    private static Outcome outcome(BlockingQueue<String> told, int calls) {
        int delivered = 0;
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String next = next(told);
            if (next.isEmpty()) {
                delivered++;
            } else {
                failed.add(next);
            }
        }
        return new Outcome(delivered, failed);
    }

    private static String next(BlockingQueue<String> told) {
        try {
            String next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("the SDK said nothing within " + PATIENCE_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An empty text for what was delivered. */
    private record Telling(BlockingQueue<String> told) implements Callback {
        @Override
        public void success(Message message) {
            told.add("");
        }

        @Override
        public void failure(Message message, Throwable failure) {
            told.add(String.valueOf(failure));
        }
    }
}
