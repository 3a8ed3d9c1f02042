package dev.stagecoach.alerts.adapter;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address in the console, built part by part. */
record PageLink(String path, List<String> query) {
    PageLink {
        query = List.copyOf(query);
    }

    static PageLink to(String path) {
        return new PageLink(path, List.of());
    }

    /** The same with one more segment of the path, whatever is in it. */
    PageLink slash(String segment) {
        return new PageLink(
                path + "/" + URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"), query);
    }

    /** The same with a parameter, unless it has no value. */
    PageLink with(String name, @Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(query);
        more.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        return new PageLink(path, more);
    }

    /** The answer to a form: go to this page. */
    Response seeOther() {
        return seeOther(toString());
    }

    /**
     * An answer that leads to another page of ours. Its address stays without a host, so that the browser keeps to how it came here: behind
     * a proxy with TLS nobody here knows.
     *
     * @param address begins with a slash
     */
    static Response seeOther(String address) {
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, address)
                .build();
    }

    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }
}
