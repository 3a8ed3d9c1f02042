package dev.stagecoach.testing.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A good request, and where in its body there is something to spoil. The bytes and lists in it are not to be changed. */
final class Sample {

    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;
    private final List<Span> values;
    private final List<Integer> objects;

    /** From its first byte to the one after its last. */
    record Span(int start, int end) {}

    private Sample(String path, Map<String, String> headers, byte[] body, List<Span> values, List<Integer> objects) {
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.values = values;
        this.objects = objects;
    }

    static Sample of(String path, Map<String, String> headers, String json) {
        var body = json.getBytes(UTF_8);
        var values = new ArrayList<Span>();
        var objects = new ArrayList<Integer>();
        var open = new ArrayList<Integer>();
        try (var parser = new JsonFactory().createParser(body)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                if (token.isStructStart()) {
                    open.add(start);
                    if (token == JsonToken.START_OBJECT) {
                        objects.add(start + 1);
                    }
                } else if (token.isStructEnd()) {
                    values.add(new Span(open.remove(open.size() - 1), start + 1));
                } else if (token != JsonToken.FIELD_NAME) {
                    parser.finishToken();
                    values.add(new Span(start, (int) parser.currentLocation().getByteOffset()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
        return new Sample(path, headers, body, List.copyOf(values), List.copyOf(objects));
    }

    String path() {
        return path;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body.clone();
    }

    /** Where its values stand, those within others among them. */
    List<Span> values() {
        return values;
    }

    /** Where the first member of each of its objects stands. */
    List<Integer> objects() {
        return objects;
    }
}
