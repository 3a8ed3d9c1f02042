package dev.stagecoach.testing.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Sends examples over HTTP. */
final class ExampleCaller {
    private static final String BOUNDARY = "between-two-parts";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;

    ExampleCaller(URI service) {
        this.service = service;
    }

    /** @param authorization the header; empty for none */
    ExampleAnswer send(ExampleRun run, String authorization) {
        URI address = service.resolve(address(run));
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        headers(run).forEach(header -> request.header(header.get(0), header.get(1)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        request.method(
                run.operation().method().toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofByteArray(bytes(run)));
        return answer(run.operation().method().toUpperCase(Locale.ROOT) + " " + address, request.build());
    }

    private ExampleAnswer answer(String title, HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            ExampleAnswer head = new ExampleAnswer(title, response.statusCode(), response.headers(), "");
            try (InputStream body = response.body()) {
                String text = head.isEvents() ? firstEvent(body) : new String(body.readAllBytes(), UTF_8);
                return new ExampleAnswer(title, head.status(), head.headers(), text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(title, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(title + " was not answered", e);
        }
    }

    /** Of a stream that has no end. Empty when none comes in time. */
    private static String firstEvent(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> linesOfAnEvent(stream))
                .completeOnTimeout("", PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static String linesOfAnEvent(InputStream stream) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
        List<String> event = new ArrayList<>();
        try {
            String line = lines.readLine();
            while (line != null && !(line.isEmpty() && hasData(event))) {
                event.add(line);
                if (line.isEmpty()) {
                    // A sign of life, which is no event.
                    event.clear();
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.join("\n", event);
    }

    private static boolean hasData(List<String> event) {
        return event.stream().anyMatch(line -> line.startsWith("data:"));
    }

    private static String address(ExampleRun run) {
        StringBuilder path = new StringBuilder(run.operation().path());
        List<String> query = new ArrayList<>();
        run.parameters().forEach((parameter, value) -> {
            String template = "{" + parameter.name() + "}";
            switch (parameter.in()) {
                case "path" ->
                    path.replace(
                            path.indexOf(template),
                            path.indexOf(template) + template.length(),
                            encoded(value.asText()));
                case "query" -> query.addAll(pairs(parameter.name(), value));
                default -> {}
            }
        });
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private static List<List<String>> headers(ExampleRun run) {
        List<List<String>> headers = new ArrayList<>();
        run.parameters().forEach((parameter, value) -> {
            if (parameter.in().equals("header")) {
                headers.add(List.of(parameter.name(), value.asText()));
            }
        });
        if (run.mediaType() != null) {
            headers.add(List.of("Content-Type", run.mediaType() + (isMultipart(run) ? ";boundary=" + BOUNDARY : "")));
        }
        return headers;
    }

    private static byte[] bytes(ExampleRun run) {
        if (run.body() == null) {
            return new byte[0];
        }
        byte[] bytes = text(Objects.requireNonNull(run.mediaType()), run.body()).getBytes(UTF_8);
        return headers(run).contains(List.of("Content-Encoding", "gzip")) ? zipped(bytes) : bytes;
    }

    private static boolean isMultipart(ExampleRun run) {
        return "multipart/form-data".equals(run.mediaType());
    }

    private static String text(String mediaType, JsonNode body) {
        if (mediaType.equals("multipart/form-data")) {
            return body.properties().stream()
                    .map(field -> part(field.getKey(), field.getValue().asText()))
                    .collect(joining("", "", "--" + BOUNDARY + "--\r\n"));
        }
        if (mediaType.equals("application/x-www-form-urlencoded")) {
            return body.properties().stream()
                    .flatMap(field -> pairs(field.getKey(), field.getValue()).stream())
                    .collect(joining("&"));
        }
        return body.isTextual() ? body.textValue() : body.toString();
    }

    private static String part(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    /** One for each value of a list. */
    private static List<String> pairs(String name, JsonNode value) {
        List<String> pairs = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(one -> pairs.addAll(pairs(name, one)));
        } else {
            pairs.add(encoded(name) + "=" + encoded(value.asText()));
        }
        return pairs;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
