package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.access.Caller;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.lifecycle.account.ToldDates;
import jakarta.ws.rs.ForbiddenException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies strictly: what a person misspelt is a mistake to be told, unlike a field that a newer version of this
 * program put on a topic.
 */
final class AccountBody {
    private static final ObjectMapper STRICT = EventCodec.json()
            .copy()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    /** What a request without a body says. */
    static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private static final String AUTHOR = "author";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NOTE = 2_000;

    private AccountBody() {}

    /**
     * The JSON object in a body.
     *
     * @throws ProblemException 400 when it is none, 422 when a text in it holds what no database text can
     */
    static ObjectNode parse(byte[] body) {
        try {
            JsonNode json = STRICT.readTree(body);
            if (json instanceof ObjectNode object) {
                checkTexts("", object);
                return object;
            }
            throw ProblemException.badRequest("the body is not a JSON object");
        } catch (JsonProcessingException e) {
            // What the parser says of an early end names the place where it began as a Java object.
            String what = e instanceof JsonEOFException ? "unexpected end of input" : e.getOriginalMessage();
            throw ProblemException.badRequest(
                    "the body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + what);
        } catch (IOException e) {
            throw ProblemException.badRequest("the body cannot be read: " + e.getMessage());
        }
    }

    /**
     * The JSON object in a body, with who acts as its {@code author}: whoever signs in need not say it.
     *
     * @throws ProblemException as {@link #parse(byte[])} does
     * @throws ForbiddenException when somebody names somebody else and may not
     */
    static ObjectNode signed(byte[] body, Caller caller) {
        ObjectNode json = parse(body);
        JsonNode named = json.path(AUTHOR);
        if (named.isTextual() || named.isNull() || named.isMissingNode()) {
            String author = caller.actsAs(AUTHOR, named.textValue());
            return author == null ? json : json.put(AUTHOR, author);
        }
        return json;
    }

    private static void checkTexts(String field, JsonNode json) {
        if (json.isTextual()) {
            storable(field, json.textValue());
        }
        json.properties().forEach(part -> {
            storable("a field's name", part.getKey());
            checkTexts(field.isEmpty() ? part.getKey() : field + "." + part.getKey(), part.getValue());
        });
        for (int n = 0; json.isArray() && n < json.size(); n++) {
            checkTexts(field + "[" + n + "]", json.get(n));
        }
    }

    /** @throws ProblemException 422 for half a character pair, and for U+0000, which no text of PostgreSQL can hold */
    static String storable(String field, String text) {
        if (text.indexOf(0) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw ProblemException.unprocessable(
                    field + ": holds U+0000 or half a character (expected: Unicode text without them)");
        }
        return text;
    }

    /**
     * The value that an object of the contract describes.
     *
     * @throws ProblemException 400 naming the field, its value and what was expected
     */
    static <T> T read(ObjectNode json, Class<T> type) {
        try {
            return STRICT.treeToValue(json, type);
        } catch (UnrecognizedPropertyException e) {
            throw ProblemException.badRequest("there is no field " + path(e) + " (expected: "
                    + e.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ")");
        } catch (InvalidFormatException e) {
            throw ProblemException.badRequest(path(e) + ": " + e.getValue() + expectation(e.getTargetType()));
        } catch (ValueInstantiationException e) {
            throw ProblemException.badRequest(
                    Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(e.getOriginalMessage()));
        } catch (JsonMappingException e) {
            throw ProblemException.badRequest(path(e) + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw ProblemException.badRequest(e.getOriginalMessage());
        }
    }

    /** @throws ProblemException 400 when a date that must be there is not, 422 when it is out of all range */
    static LocalDate date(String field, @Nullable LocalDate date) {
        return plausible(field, required(field, date));
    }

    /** @throws ProblemException 422 when a date is out of all range */
    static LocalDate plausible(String field, LocalDate date) {
        ToldDates.mistake(field, date).ifPresent(mistake -> {
            throw ProblemException.unprocessable(mistake);
        });
        return date;
    }

    /** @throws ProblemException 400 when a field that must be there is not */
    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw ProblemException.badRequest(field + ": missing");
        }
        return value;
    }

    /** A text that must be there; it ends up in a record of Kafka, which has a limit. */
    static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.badRequest(field + ": missing (expected: a non-empty text)");
        }
        return notLonger(field, storable(field, value), LONGEST_NOTE);
    }

    /** Who does something, by name or address. */
    static String author(@Nullable String author) {
        return notLonger(AUTHOR, text(AUTHOR, author), LONGEST_NAME);
    }

    static @Nullable String note(@Nullable String note) {
        return note == null || note.isBlank() ? null : text("note", note);
    }

    /** @throws ProblemException 422 when a text is too long */
    static String notLonger(String field, String value, int longest) {
        if (value.length() > longest) {
            throw ProblemException.unprocessable(
                    field + ": " + value.length() + " characters (expected: at most " + longest + ")");
        }
        return value;
    }

    private static String expectation(@Nullable Class<?> type) {
        if (type == LocalDate.class) {
            return " (expected: a date that exists, such as 2025-03-31)";
        }
        if (type == ZoneId.class) {
            return " (expected: a time zone such as Europe/Berlin)";
        }
        return type == null ? "" : " (expected: " + type.getSimpleName() + ")";
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
