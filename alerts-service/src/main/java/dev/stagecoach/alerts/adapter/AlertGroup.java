package dev.stagecoach.alerts.adapter;

import dev.stagecoach.events.HealthLevel;
import io.quarkus.qute.TemplateData;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of an account among those that the page shows.
 *
 * @param stage the stage and health as last heard of; null where they are not told
 */
@TemplateData
record AlertGroup(
        String account,
        String name,
        @Nullable String stage,
        @Nullable HealthLevel health,
        List<AlertLine> alerts) {
    AlertGroup {
        alerts = List.copyOf(alerts);
    }

    /** One that has just come: what is known of its account is in it. */
    static AlertGroup of(StoredAlert alert) {
        Object name = alert.facts().get("accountName");
        return new AlertGroup(
                alert.account(),
                name == null ? alert.account() : name.toString(),
                null,
                null,
                List.of(new AlertLine(alert, null, List.of())));
    }

    public String link() {
        return AlertsRunner.accountLink(URI.create(""), account);
    }

    public String alertsLink() {
        return "/alerts?account=" + URLEncoder.encode(account, StandardCharsets.UTF_8);
    }

    public @Nullable String stageClass() {
        return stage == null ? null : stage.toLowerCase(Locale.ROOT);
    }

    public @Nullable String healthName() {
        return health == null ? null : health.wireName();
    }
}
