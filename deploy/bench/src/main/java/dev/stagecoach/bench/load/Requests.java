package dev.stagecoach.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** The requests that a load consists of, in turn. For one thread. */
final class Requests {

    private final List<Template> templates;
    private final SplittableRandom chance;
    private int next;

    private Requests(List<Template> templates, SplittableRandom chance) {
        this.templates = templates;
        this.chance = chance;
    }

    /**
     * As many as the events suffice for.
     *
     * @param writeKey the user name of Basic authentication
     * @param events JSON objects
     * @param seed of the ids
     */
    static Requests of(URI address, String writeKey, List<byte[]> events, int eventsPerRequest, long seed) {
        var templates = new ArrayList<Template>();
        for (int first = 0; first + eventsPerRequest <= events.size(); first += eventsPerRequest) {
            var some = events.subList(first, first + eventsPerRequest);
            templates.add(new Template(
                    eventsPerRequest == 1
                            ? request(address, writeKey, "/v1/track", some.get(0))
                            : request(address, writeKey, "/v1/batch", batch(some))));
        }
        if (templates.isEmpty()) {
            throw new IllegalArgumentException(events.size() + " events (expected: " + eventsPerRequest + " or more)");
        }
        return new Requests(templates, new SplittableRandom(seed));
    }

    private static byte[] batch(List<byte[]> events) {
        var body = Unpooled.buffer();
        body.writeCharSequence("{\"batch\":[", UTF_8);
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                body.writeByte(',');
            }
            body.writeBytes(events.get(i));
        }
        body.writeCharSequence("]}", UTF_8);
        return bytes(body);
    }

    private static byte[] request(URI address, String writeKey, String path, byte[] body) {
        var request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.wrappedBuffer(body));
        request.headers()
                .set(HttpHeaderNames.HOST, address.getAuthority())
                .set(
                        HttpHeaderNames.AUTHORIZATION,
                        "Basic " + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(UTF_8)))
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        var encoder = new EmbeddedChannel(new HttpRequestEncoder());
        encoder.writeOutbound(request);
        var encoded = Unpooled.buffer();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            encoded.writeBytes(part);
            part.release();
        }
        encoder.finishAndReleaseAll();
        return bytes(encoded);
    }

    private static byte[] bytes(ByteBuf buffer) {
        var bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    /** The next one, to be written to. */
    Template next() {
        var template = templates.get(next);
        next = (next + 1) % templates.size();
        return template;
    }

    /** For the ids of the next request. */
    SplittableRandom chance() {
        return chance;
    }
}
