package dev.stagecoach.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What counting needs of a usage event. There are so many of them that building the whole {@link UsageEvent}, its properties
 * above all, would cost more than everything that is done with it.
 *
 * @param id the id of the event
 * @param user a pseudonym, stable within the account
 * @param at when it happened
 * @param receivedAt when usage-ingest took it
 */
public record UsageGlance(String id, String account, String user, String feature, Instant at, Instant receivedAt) {
    private static final byte[] TYPE = EventType.USAGE_EVENT.wireName().getBytes(StandardCharsets.UTF_8);
    private static final String USUAL = "2025-03-31T12:00:00Z";
    private static final String MILLIS = "2025-03-31T12:00:00.000Z";

    /**
     * Reads a record that {@link EventCodec#read} would read as a usage event, to the same values; of the headers it looks at no
     * more than type and id. Whatever is not plainly such a record is left to that reader, which says what is wrong with it.
     *
     * @return empty when the record's type is another
     * @throws UnreadableEventException as {@link EventCodec#read} does
     */
    public static Optional<UsageGlance> read(ConsumerRecord<String, byte[]> consumed) throws UnreadableEventException {
        if (!EventHeaders.TYPE.is(consumed.headers(), TYPE)) {
            return Optional.empty();
        }
        Optional<UsageGlance> glance = glance(consumed);
        return glance.isPresent() ? glance : whole(consumed);
    }

    private static Optional<UsageGlance> whole(ConsumerRecord<String, byte[]> consumed)
            throws UnreadableEventException {
        Optional<Event<?>> event = EventCodec.read(consumed);
        return event.map(whole -> {
            UsageEvent usage = (UsageEvent) whole.data();
            return new UsageGlance(
                    whole.id(), usage.account(), usage.user(), usage.feature(), usage.at(), usage.receivedAt());
        });
    }

    private static Optional<UsageGlance> glance(ConsumerRecord<String, byte[]> consumed) {
        String account = consumed.key();
        byte[] value = consumed.value();
        Optional<String> id = EventHeaders.ID.read(consumed.headers());
        if (account == null || value == null || id.isEmpty() || EventCodec.holdsNul(value)) {
            return Optional.empty();
        }
        try (JsonParser json = EventCodec.json().getFactory().createParser(value)) {
            Fields fields = new Fields();
            return json.nextToken() == JsonToken.START_OBJECT
                            && fields.readAll(json)
                            && fields.areThoseOf(account)
                            && !id.get().isBlank()
                    ? Optional.of(fields.glance(id.get(), account))
                    : Optional.empty();
        } catch (IOException | DateTimeException e) {
            // The whole reader finds it again, and says where.
            return Optional.empty();
        }
    }

    /** The fields of the JSON object, as far as they are looked at. */
    private static final class Fields {
        private boolean id;
        private boolean name;
        private @Nullable String account;
        private @Nullable String user;
        private @Nullable String feature;
        private @Nullable Instant at;
        private @Nullable Instant receivedAt;

        /** Whether all that was read is of the kind that it should be. */
        boolean readAll(JsonParser json) throws IOException {
            String field = json.nextFieldName();
            while (field != null) {
                JsonToken token = json.nextToken();
                switch (field) {
                    case "id" -> id = isText(json, token);
                    case "name" -> name = isText(json, token);
                    case "account" -> account = text(json, token);
                    case "user" -> user = text(json, token);
                    case "feature" -> feature = text(json, token);
                    case "at" -> at = time(json, token);
                    case "receivedAt" -> receivedAt = time(json, token);
                    case "instance", "action" -> {
                        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
                            return false;
                        }
                    }
                    default -> json.skipChildren();
                }
                field = json.nextFieldName();
            }
            return json.currentToken() == JsonToken.END_OBJECT;
        }

        boolean areThoseOf(String key) {
            return id
                    && name
                    && key.equals(account)
                    && isPresent(user)
                    && isPresent(feature)
                    && at != null
                    && receivedAt != null
                    && Checks.isPlausible(at)
                    && Checks.isPlausible(receivedAt)
                    && Checks.hasHappened(at, receivedAt);
        }

        UsageGlance glance(String eventId, String key) {
            return new UsageGlance(
                    eventId,
                    key,
                    Checks.present("user", user),
                    Checks.present("feature", feature),
                    Checks.present("at", at),
                    Checks.present("receivedAt", receivedAt));
        }

        private static boolean isPresent(@Nullable String text) {
            return text != null && !text.isBlank();
        }

        /** Without making a text of it, as most of the time of reading goes into making texts. */
        private static boolean isText(JsonParser json, JsonToken token) throws IOException {
            if (token != JsonToken.VALUE_STRING) {
                return false;
            }
            char[] text = json.getTextCharacters();
            int end = json.getTextOffset() + json.getTextLength();
            for (int i = json.getTextOffset(); i < end; i++) {
                if (!Character.isWhitespace(text[i])) {
                    return true;
                }
            }
            return false;
        }

        private static @Nullable String text(JsonParser json, JsonToken token) throws IOException {
            if (token == JsonToken.VALUE_STRING) {
                return json.getText();
            }
            json.skipChildren();
            return null;
        }

        private static @Nullable Instant time(JsonParser json, JsonToken token) throws IOException {
            if (token == JsonToken.VALUE_STRING) {
                return instant(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            }
            json.skipChildren();
            return null;
        }
    }

    /**
     * The instant in a text. Parsing by the general formatter takes longer than all the rest of reading an event, and nearly all
     * times have the one form in which this program writes them.
     *
     * @throws DateTimeException for what is no instant, a day that its month does not have among it
     */
    static Instant instant(char[] text, int from, int length) {
        boolean isUsual = length >= USUAL.length()
                && text[from + length - 1] == 'Z'
                && text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':'
                && (length == USUAL.length() || (length == MILLIS.length() && text[from + 19] == '.'));
        if (!isUsual) {
            return Instant.parse(new String(text, from, length));
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        int milli = length == USUAL.length() ? 0 : number(text, from + 20, 3);
        boolean isPlain =
                year >= 0 && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        if (!isPlain || milli < 0) {
            return Instant.parse(new String(text, from, length));
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, milli * 1_000_000L);
    }

    /** The number in some digits; negative when they are none. */
    private static int number(char[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
