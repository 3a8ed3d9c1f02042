package dev.stagecoach.testing.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Spoilt requests by number. Each comes of its number and the seed alone, so that any of them can be sent again by itself. Thread-safe. */
public final class FuzzedRequests {

    private static final String ENCODING = "Content-Encoding";
    private static final String AUTHORIZATION = "Authorization";
    private static final String TYPE = "Content-Type";

    private static final int MOST_SPOILS = 3;
    private static final int BOMB_MB = 64;
    private static final int BOMBS_IN = 5_000;
    private static final int MANY_EVENTS = 4_000;
    private static final int MANY_EVENTS_IN = 2_000;
    private static final int TOO_LARGE = 5 * 1024 * 1024;
    private static final int TOO_LARGE_IN = 20_000;

    private static final List<String> ENCODINGS = List.of(
            "gzip",
            "x-gzip",
            "GZIP",
            "br",
            "deflate",
            "zstd",
            "identity",
            "gzip, gzip",
            "identity, gzip",
            "",
            " ",
            "none",
            "gzip;q=1");
    private static final List<String> TYPES = List.of(
            "application/json",
            "text/plain",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/cloudevents+xml",
            "application/octet-stream",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "nonsense",
            "/",
            "");
    private static final List<String> CLOUD_HEADERS = List.of(
            "ce-specversion", "ce-id", "ce-source", "ce-type", "ce-subject", "ce-time", "ce-unknown", "ce-causationid");
    private static final List<String> HEADER_VALUES = List.of(
            "",
            " ",
            "1.0",
            "0.3",
            "99",
            "%00",
            "%FF%FE",
            "%",
            "stagecoach.usage.event.v1",
            "stagecoach.usage.ping.v1",
            "stagecoach.time.tick.v1",
            "*",
            "\"quoted\"",
            "2025-13-45T99:99:99Z",
            "x".repeat(2_000));

    private static final byte[] BOMB = zip(new byte[BOMB_MB * 1024 * 1024]);

    private final long seed;
    private final List<String> keys;

    /**
     * None is made yet.
     *
     * @param seed by which it is always the same
     * @param keys that are known to the service
     */
    public FuzzedRequests(long seed, List<String> keys) {
        this.seed = seed;
        this.keys = List.copyOf(keys);
    }

    /** The request of this number. */
    public FuzzedRequest get(long number) {
        var chance = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number).split();
        return new Making(number, chance).make();
    }

    private static byte[] zip(byte[] bytes) {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /** One request. */
    private final class Making {
        private final long number;
        private final SplittableRandom chance;
        private final Sample sample;
        private final Map<String, String> headers;
        private final List<String> how = new ArrayList<>();
        private byte[] body;
        private boolean authorized = true;

        Making(long number, SplittableRandom chance) {
            this.number = number;
            this.chance = chance;
            this.sample = one(Samples.all());
            this.headers = new HashMap<>(sample.headers());
            this.body = sample.body();
        }

        FuzzedRequest make() {
            if (chance.nextInt(20) == 0) {
                how.add("good");
            } else {
                spoilStructure();
                int more = chance.nextInt(MOST_SPOILS);
                for (int i = 0; i < more; i++) {
                    spoilBytes();
                }
            }
            if (chance.nextInt(BOMBS_IN) == 0) {
                body = BOMB;
                headers.put(ENCODING, "gzip");
                how.add("zip bomb");
            } else if (chance.nextInt(TOO_LARGE_IN) == 0) {
                body = Arrays.copyOf(body, TOO_LARGE);
                how.add("too large");
            } else if (chance.nextInt(4) == 0) {
                spoilEncoding();
            }
            if (chance.nextInt(6) == 0) {
                spoilHeaders();
            }
            authorize();
            return new FuzzedRequest(number, sample.path(), Map.copyOf(headers), authorized, body, List.copyOf(how));
        }

        private <T> T one(List<T> of) {
            return of.get(chance.nextInt(of.size()));
        }

        /** While it is known where everything stands. */
        private void spoilStructure() {
            switch (chance.nextInt(5)) {
                case 0, 1 -> {
                    var span = one(sample.values());
                    replace(span.start(), span.end(), WeirdValues.any(chance), "another value");
                }
                case 2 -> {
                    var span = one(sample.values());
                    replace(span.start(), span.end(), WeirdValues.nested(chance), "deep nesting");
                }
                case 3 -> repeatMembers();
                default -> {
                    if (chance.nextInt(MANY_EVENTS_IN) == 0) {
                        manyEvents();
                    } else {
                        how.add("structure kept");
                    }
                }
            }
        }

        private void repeatMembers() {
            var member = new ByteArrayOutputStream();
            var name = one(List.of(
                    "userId",
                    "batch",
                    "context",
                    "properties",
                    "groupId",
                    "writeKey",
                    "type",
                    "data",
                    "act",
                    "site",
                    "",
                    "\\u0000"));
            for (int times = 1 + chance.nextInt(3); times > 0; times--) {
                member.writeBytes(("\"" + name + "\":").getBytes(UTF_8));
                member.writeBytes(WeirdValues.any(chance));
                member.write(',');
            }
            int at = one(sample.objects());
            replace(at, at, member.toByteArray(), "repeated members");
        }

        private void manyEvents() {
            body = ("{\"batch\":[" + "{},".repeat(MANY_EVENTS) + "{}]}").getBytes(UTF_8);
            how.add("many events");
        }

        /** Whatever they mean. */
        private void spoilBytes() {
            int at = chance.nextInt(body.length + 1);
            int to = at + chance.nextInt(body.length - at + 1);
            switch (chance.nextInt(9)) {
                case 0 -> replace(at, body.length, new byte[0], "truncated");
                case 1 -> replace(at, Math.min(to, at + 20), new byte[0], "bytes left out");
                case 2 -> replace(at, at, WeirdValues.invalid(chance), "bad UTF-8");
                case 3 -> replace(at, at, WeirdValues.any(chance), "something in between");
                case 4 -> replace(at, at, Arrays.copyOfRange(body, at, Math.min(to, at + 2_000)), "bytes twice");
                case 5 -> flipBits();
                case 6 -> encode();
                case 7 -> wrap();
                default -> replace(0, body.length, WeirdValues.any(chance), "another body");
            }
        }

        private void replace(int start, int end, byte[] with, String name) {
            var spoilt = new byte[start + with.length + body.length - end];
            System.arraycopy(body, 0, spoilt, 0, start);
            System.arraycopy(with, 0, spoilt, start, with.length);
            System.arraycopy(body, end, spoilt, start + with.length, body.length - end);
            body = spoilt;
            how.add(name);
        }

        private void flipBits() {
            for (int times = body.length == 0 ? 0 : 1 + chance.nextInt(8); times > 0; times--) {
                body[chance.nextInt(body.length)] ^= (byte) (1 << chance.nextInt(Byte.SIZE));
            }
            how.add("flipped bits");
        }

        private void encode() {
            Charset charset = one(List.of(UTF_16BE, UTF_16LE, ISO_8859_1, Charset.forName("UTF-32")));
            body = new String(body, UTF_8).getBytes(charset);
            how.add(charset.name());
        }

        private void wrap() {
            switch (chance.nextInt(4)) {
                case 0 -> replace(0, 0, "\ufeff".getBytes(UTF_8), "byte order mark");
                case 1 -> replace(body.length, body.length, body.clone(), "body twice");
                case 2 -> {
                    replace(0, 0, "[".getBytes(UTF_8), "in an array");
                    replace(body.length, body.length, "]".getBytes(UTF_8), "closed");
                }
                default -> replace(0, body.length, new byte[0], "empty");
            }
        }

        private void spoilEncoding() {
            switch (chance.nextInt(5)) {
                case 0 -> headers.put(ENCODING, one(ENCODINGS));
                case 1 -> body = zip(body);
                case 2 -> {
                    body = zip(body);
                    headers.put(ENCODING, one(ENCODINGS));
                }
                case 3 -> {
                    body = zip(zip(body));
                    headers.put(ENCODING, "gzip");
                }
                default -> {
                    body = zip(body);
                    headers.put(ENCODING, "gzip");
                    spoilBytes();
                }
            }
            how.add("encoding " + headers.get(ENCODING));
        }

        private void spoilHeaders() {
            if (chance.nextBoolean()) {
                headers.put(TYPE, one(TYPES));
            } else {
                headers.put(one(CLOUD_HEADERS), one(HEADER_VALUES));
            }
            how.add("headers");
        }

        private void authorize() {
            switch (chance.nextInt(12)) {
                case 0 -> how.add("no key");
                case 1 -> unauthorized("Basic " + base64("unknown:"));
                case 2 ->
                    unauthorized(one(List.of(
                            "Basic",
                            "Basic ",
                            "Basic %%%",
                            "Basic " + base64("\u0000"),
                            "Bearer",
                            "Bearer \"",
                            "Negotiate abc",
                            " ",
                            "x".repeat(4_000))));
                case 3 -> headers.put(AUTHORIZATION, "Bearer " + one(keys));
                default -> headers.put(AUTHORIZATION, "Basic " + base64(one(keys) + ":"));
            }
        }

        private void unauthorized(String header) {
            headers.put(AUTHORIZATION, header);
            authorized = false;
            how.add("bad key");
        }

        private static String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
        }
    }
}
