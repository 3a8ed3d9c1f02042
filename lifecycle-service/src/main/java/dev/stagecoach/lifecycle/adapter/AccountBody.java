package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
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

    private AccountBody() {}

    /**
     * The JSON object in a body.
     *
     * @throws ProblemException 400 when it is none
     */
    static ObjectNode parse(byte[] body) {
        try {
            JsonNode json = STRICT.readTree(body);
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw ProblemException.badRequest("the body is not a JSON object");
        } catch (JsonProcessingException e) {
            throw ProblemException.badRequest(
                    "the body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ProblemException.badRequest("the body cannot be read: " + e.getMessage());
        }
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
