package dev.stagecoach.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Answers {@code GET /q/openapi} with {@code META-INF/openapi.yaml} of the service: as it is, or as JSON to those who ask for
 * {@code ?format=json} or would rather have {@code application/json}. It is read at each request: they are few, and a start, of which
 * there are more, does not wait for it.
 */
@Singleton
final class OpenApiRoute {
    private static final String PATH = "/q/openapi";
    private static final String FILE = "META-INF/openapi.yaml";
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    void register(@Observes Router router) {
        router.route(PATH).method(HttpMethod.GET).method(HttpMethod.HEAD).blockingHandler(OpenApiRoute::answer, false);
    }

    private static void answer(RoutingContext call) {
        try {
            byte[] document = document();
            if (isForJson(call)) {
                byte[] json = new ObjectMapper().writeValueAsBytes(new YAMLMapper().readTree(document));
                end(call, JSON, json);
            } else {
                end(call, YAML + ";charset=UTF-8", document);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isForJson(RoutingContext call) {
        String format = call.request().getParam("format");
        if (format != null) {
            return format.equalsIgnoreCase("json");
        }
        // By the weight that the caller gave it, the heaviest first.
        return call.parsedHeaders().accept().stream()
                .map(MIMEHeader::value)
                .filter(type -> type.equals(YAML) || type.equals(JSON) || type.equals("*/*"))
                .findFirst()
                .filter(JSON::equals)
                .isPresent();
    }

    private static byte[] document() throws IOException {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            if (file == null) {
                throw new FileNotFoundException(FILE + " is not on the class path");
            }
            return file.readAllBytes();
        }
    }

    private static void end(RoutingContext call, String type, byte[] body) {
        HttpServerResponse response = call.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        if (call.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }
}
