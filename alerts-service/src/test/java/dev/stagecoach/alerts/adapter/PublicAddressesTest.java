package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    private final AtomicInteger taken = new AtomicInteger();
    private HttpServer inside;

    @BeforeEach
    void listenInside() throws IOException {
        inside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inside.createContext("/", exchange -> {
            taken.incrementAndGet();
            if (exchange.getRequestURI().getPath().equals("/elsewhere")) {
                exchange.getResponseHeaders().add("Location", "/");
                exchange.sendResponseHeaders(307, -1);
            } else {
                byte[] endless = new byte[1024 * 1024];
                exchange.sendResponseHeaders(200, endless.length);
                exchange.getResponseBody().write(endless);
            }
            exchange.close();
        });
        inside.start();
    }

    @AfterEach
    void end() {
        inside.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.8.8.8",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::7f00:1",
                "64:ff9b::7f00:1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001:db8::1",
                "2001:0:7f00:1::1",
                "2002:7f00:1::1",
                "2130706433",
                "[::1]"
            })
    void refusesWhatIsNotPublic(String address) {
        assertThatThrownBy(() -> resolver(List.of()).resolve(address))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("not public: allow it by stagecoach.alerts.webhooks.allow-private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.63.255.255", "172.32.0.1", "192.0.1.1", "2606:4700::1", "::ffff:8.8.8.8"})
    void acceptsWhatIsPublic(String address) throws UnknownHostException {
        assertThat(resolver(List.of()).resolve(address)).hasSize(1);
    }

    @Test
    void acceptsWhatIsAllowed() throws UnknownHostException {
        // Given
        DnsResolver resolver = resolver(List.of("10.0.0.0/8", "fd12::/16", "192.168.7.7"));

        // Then
        assertThat(resolver.resolve("10.9.8.7")).hasSize(1);
        assertThat(resolver.resolve("fd12:9::1")).hasSize(1);
        assertThat(resolver.resolve("192.168.7.7")).hasSize(1);
        assertThatThrownBy(() -> resolver.resolve("192.168.7.8")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void refusesANameOfWhichOneAddressIsNotPublic() {
        // Given
        DnsResolver resolver = PublicAddresses.and(List.of(), names("8.8.8.8", "10.0.0.1"));

        // Then
        assertThatThrownBy(() -> resolver.resolve("hooks.example.com")).hasMessageContaining("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/40", "*", "", "http://hooks.example.com", "10.0.0.0/8/8"})
    void saysWhatMayBeAllowed(String nonsense) {
        assertThatThrownBy(() -> resolver(List.of(nonsense)))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("(expected: a network as 10.0.0.0/8, or a host)");
    }

    @Test
    void nothingIsSentInside() {
        try (ApacheHttp http = http(PublicAddresses.and(List.of(), names("127.0.0.1")))) {
            assertThatThrownBy(() -> http.post(address("hooks.example.com", "/"), Map.of(), new byte[0]))
                    .isInstanceOf(UnknownHostException.class);
        }
        assertThat(taken).hasValue(0);
    }

    @Test
    void aNameIsAskedForOnceSoThatWhatIsCheckedIsWhatIsReached() throws IOException {
        // Given
        AtomicInteger asked = new AtomicInteger();
        DnsResolver names = names("127.0.0.1");
        DnsResolver counting = new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                asked.incrementAndGet();
                return names.resolve(host);
            }
        };

        // When
        try (ApacheHttp http = http(PublicAddresses.and(List.of("hooks.example.com"), counting))) {
            http.post(address("hooks.example.com", "/"), Map.of(), new byte[0]);
        }

        // Then
        assertThat(taken).hasValue(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (ApacheHttp http = http(resolver(List.of("127.0.0.0/8")))) {
            assertThat(http.post(address("127.0.0.1", "/elsewhere"), Map.of(), new byte[0])
                            .status())
                    .isEqualTo(307);
        }
        assertThat(taken).hasValue(1);
    }

    @Test
    void readsNoMoreOfAnAnswerThanItKeeps() throws IOException {
        try (ApacheHttp http = http(resolver(List.of("127.0.0.0/8")))) {
            assertThat(http.post(address("127.0.0.1", "/"), Map.of(), new byte[0])
                            .body())
                    .hasSize(16 * 1024);
        }
    }

    private static ApacheHttp http(DnsResolver addresses) {
        return ApacheHttp.direct(addresses, Duration.ofSeconds(5));
    }

    private static PublicAddresses resolver(List<String> allowed) {
        return PublicAddresses.and(allowed, SystemDefaultDnsResolver.INSTANCE);
    }

    private static DnsResolver names(String... addresses) {
        return new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] found = new InetAddress[addresses.length];
                for (int i = 0; i < found.length; i++) {
                    found[i] = InetAddress.getByName(addresses[i]);
                }
                return found;
            }
        };
    }

    private URI address(String host, String path) {
        return URI.create("http://" + host + ":" + inside.getAddress().getPort() + path);
    }
}
