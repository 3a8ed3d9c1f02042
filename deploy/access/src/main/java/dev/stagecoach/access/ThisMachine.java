package dev.stagecoach.access;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from a browser or a program on this machine. Not what is passed on from this machine: through a proxy, or
 * by a page of another site that calls this machine by a name of its own.
 */
public final class ThisMachine {
    private static final List<String> OF_PROXIES =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private ThisMachine() {}

    /** Whether a request was sent here. Browsers cannot be made to lie about it; who forwards connections as they are can. */
    public static boolean sent(HttpServerRequest request) {
        return isLoopback(request.connection().remoteAddress(true).hostAddress())
                && request.authority() != null
                && isName(request.authority().host())
                && isOriginHere(request.getHeader("Origin"))
                && OF_PROXIES.stream().noneMatch(request.headers()::contains)
                // No browser speaks it, and proxies that say nothing else of themselves do.
                && request.version() != HttpVersion.HTTP_1_0;
    }

    /** Whether browsers find nothing but their own machine under a name. */
    static boolean isName(String host) {
        return host.equalsIgnoreCase("localhost") || isLoopback(host.replaceAll("[\\[\\]]", ""));
    }

    /** @param origin of the page that sends a form or a script; browsers send none with what people open */
    private static boolean isOriginHere(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        try {
            String host = URI.create(origin).getHost();
            return host != null && isName(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLoopback(String address) {
        IPAddress literal = new IPAddressString(address).getAddress();
        return literal != null && literal.isLoopback();
    }
}
