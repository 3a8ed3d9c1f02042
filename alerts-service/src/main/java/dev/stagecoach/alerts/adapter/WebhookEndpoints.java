package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings.WebhookEndpoint;
import dev.stagecoach.alerts.AlertsSettings.Webhooks;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.webhook.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The endpoints in the settings. */
final class WebhookEndpoints {
    private static final String SETTING = "stagecoach.alerts.webhooks.endpoints.";

    private WebhookEndpoints() {}

    /**
     * Sorted by name.
     *
     * @throws PolicyException naming the setting and what was expected
     */
    static List<Endpoint> of(Webhooks settings) {
        return new TreeMap<>(settings.endpoints())
                .entrySet().stream()
                        .map(entry -> endpoint(entry.getKey(), entry.getValue(), settings.allowHttp()))
                        .toList();
    }

    /**
     * What messages are signed with, by the name of the endpoint.
     *
     * @throws PolicyException naming the setting and what was expected, and no secret
     */
    static Map<String, List<WebhookSecret>> secrets(Webhooks settings) {
        return settings.endpoints().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> secrets(
                                SETTING + entry.getKey(), entry.getValue().secrets())));
    }

    private static Endpoint endpoint(String name, WebhookEndpoint given, boolean allowHttp) {
        String setting = SETTING + name;
        return new Endpoint(
                name,
                url(setting, given.url(), allowHttp),
                kinds(setting, given.kinds().orElse(List.of())));
    }

    private static URI url(String setting, URI url, boolean allowHttp) {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        if (!secure && !(allowHttp && "http".equalsIgnoreCase(url.getScheme()))) {
            throw new PolicyException(setting + ".url: " + url.getScheme()
                    + " (expected: https, or http with stagecoach.alerts.webhooks.allow-http)");
        }
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new PolicyException(setting + ".url: expected a host, no user and no fragment");
        }
        return url;
    }

    private static List<WebhookSecret> secrets(String setting, List<String> texts) {
        try {
            return texts.stream().map(String::strip).map(WebhookSecret::of).toList();
        } catch (IllegalArgumentException e) {
            throw new PolicyException(setting + ".secrets: " + e.getMessage());
        }
    }

    private static Set<String> kinds(String setting, List<String> names) {
        return names.stream().map(name -> kind(setting, name.strip())).collect(Collectors.toUnmodifiableSet());
    }

    private static String kind(String setting, String name) {
        return AlertKind.byWireName(name)
                .map(AlertKind::wireName)
                .orElseThrow(() -> new PolicyException(
                        setting + ".kinds: " + name + " (expected one of: " + AlertKind.accepted() + ")"));
    }
}
