package dev.stagecoach.alerts.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts JSON. Follows no redirect, repeats nothing by itself, reads no more of an answer than it shows, and gives up a whole
 * exchange after the time-out, however slowly the other end drips.
 */
final class ApacheHttp implements AutoCloseable {
    private static final int MOST_OF_AN_ANSWER = 16 * 1024;
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_HEADERS = 100;
    /** Whoever asks for more is asked again by then. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private final CloseableHttpClient client;
    private final Duration timeout;
    private final ScheduledExecutorService deadlines;

    private ApacheHttp(HttpClientBuilder client, DnsResolver addresses, Duration timeout) {
        Timeout limit = Timeout.of(timeout);
        this.timeout = timeout;
        this.client = client.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxHeaderCount(MOST_HEADERS)
                                        .setMaxLineLength(MOST_OF_AN_ANSWER)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(limit)
                                .setSocketTimeout(limit)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(limit)
                        .setResponseTimeout(limit)
                        .build())
                .setUserAgent("Stagecoach")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
        this.deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "http-deadlines");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** To addresses that the resolver gives, and no others: past any proxy. */
    static ApacheHttp direct(DnsResolver addresses, Duration timeout) {
        return new ApacheHttp(HttpClients.custom(), addresses, timeout);
    }

    /** To anywhere, through the proxy of the process if it has one. */
    static ApacheHttp anywhere(DnsResolver addresses, Duration timeout) {
        return new ApacheHttp(HttpClients.custom().useSystemProperties(), addresses, timeout);
    }

    /**
     * What came back.
     *
     * @param body of text, cut after 16 KB
     */
    record Answer(int status, Optional<Duration> retryAfter, String body) {}

    /** @throws IOException when no answer came in time */
    Answer post(URI to, Map<String, String> headers, byte[] json) throws IOException {
        HttpPost request = new HttpPost(to);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        Future<?> deadline = deadlines.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return answer(client.executeOpen(HttpHost.create(to), request, null));
        } finally {
            deadline.cancel(false);
            // Breaks the connection off unless all of the answer was read.
            request.cancel();
        }
    }

    private static Answer answer(ClassicHttpResponse response) throws IOException {
        return new Answer(response.getCode(), retryAfter(response), body(response));
    }

    private static String body(ClassicHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return "";
        }
        InputStream content = response.getEntity().getContent();
        return content == null ? "" : new String(content.readNBytes(MOST_OF_AN_ANSWER), StandardCharsets.UTF_8);
    }

    /** Seconds or a date, as RFC 9110 has it; empty when it is neither. */
    private static Optional<Duration> retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        return header == null ? Optional.empty() : retryAfter(header.getValue().strip(), Instant.now());
    }

    static Optional<Duration> retryAfter(String text, Instant now) {
        try {
            Duration asked = text.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Integer.parseInt(text))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            Duration some = asked.isNegative() ? Duration.ZERO : asked;
            return Optional.of(some.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : some);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Ends exchanges that go on. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        deadlines.shutdownNow();
    }
}
