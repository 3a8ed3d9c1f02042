package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with JSON without quoting what was sent. */
public final class JsonProblems {
    private JsonProblems() {}

    /** What is wrong and where: {@code unexpected end of input at line 1, column 20}. */
    public static String describe(IOException problem) {
        if (!(problem instanceof JsonProcessingException json)) {
            return String.valueOf(problem.getMessage());
        }
        // What the parser says of an early end names the place where it began as a Java object.
        String what = json instanceof JsonEOFException
                ? "unexpected end of input"
                : json.getOriginalMessage().lines().findFirst().orElse("not JSON");
        JsonLocation where = json.getLocation();
        return where == null ? what : what + " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    }

    /** What a value that begins with a token is, in words; null where there is none. */
    static String kind(@Nullable JsonToken start) {
        if (start == null) {
            return "nothing";
        }
        return switch (start) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_NULL -> "null";
            default -> "a truth value";
        };
    }
}
