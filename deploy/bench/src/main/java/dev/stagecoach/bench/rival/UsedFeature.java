package dev.stagecoach.bench.rival;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The three fields of a usage event that counting needs. Read token by token, and no further than the last of them.
 *
 * @param day counted from 1970, UTC
 */
record UsedFeature(String user, String feature, int day) {

    private static final JsonFactory JSON = new JsonFactory();

    static UsedFeature read(byte[] json) {
        @Nullable String user = null;
        @Nullable String feature = null;
        int day = Integer.MIN_VALUE;
        try (var parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "user" -> user = parser.getText();
                    case "feature" -> feature = parser.getText();
                    case "at" -> day = day(parser.getTextCharacters(), parser.getTextOffset());
                    default -> parser.skipChildren();
                }
                if (user != null && feature != null && day != Integer.MIN_VALUE) {
                    return new UsedFeature(user, feature, day);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("not a usage event", e);
        }
        throw new IllegalArgumentException("a usage event without user, feature or at");
    }

    /** Of a time as the contract writes it: 2026-01-31T… in UTC. */
    private static int day(char[] text, int from) {
        int year = number(text, from, 4);
        return (int) LocalDate.of(year, number(text, from + 5, 2), number(text, from + 8, 2))
                .toEpochDay();
    }

    private static int number(char[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
