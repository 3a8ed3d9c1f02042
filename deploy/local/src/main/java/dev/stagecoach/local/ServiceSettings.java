package dev.stagecoach.local;

import dev.stagecoach.platform.Platform;
import java.util.Map;
import java.util.TreeMap;

/** What each service is told about its surroundings. All else is its default. */
final class ServiceSettings {

    /** Protects nothing: whoever can reach the loopback interface may do everything here. */
    private static final String SECRET = "for-this-machine-only";

    private ServiceSettings() {}

    static Map<String, String> of(Service service, StackOptions options, Platform platform) {
        var settings = new TreeMap<String, String>();
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(options.ports().of(service)));
        settings.put("quarkus.console.color", "false");
        settings.put("kafka.bootstrap.servers", platform.bootstrapServers());
        service.database().ifPresent(database -> {
            settings.put("quarkus.datasource.jdbc.url", platform.jdbcUrl(database));
            settings.put("quarkus.datasource.username", platform.databaseUser());
            settings.put("quarkus.datasource.password", platform.databasePassword());
            settings.put("stagecoach.api.tokens", Api.TOKEN);
        });
        switch (service) {
            case INGEST -> ingest(settings, options);
            case LIFECYCLE -> lifecycle(settings, options);
            case OUTREACH -> outreach(settings, options, platform);
            case ALERTS -> alerts(settings, options);
        }
        return settings;
    }

    private static void ingest(Map<String, String> settings, StackOptions options) {
        settings.put("stagecoach.ingest.write-keys." + Api.TOKEN, "*");
        settings.put("stagecoach.ingest.pseudonym-secret", SECRET);
        settings.put("stagecoach.ingest.clock", options.timeLapse() ? "ticks" : "system");
    }

    private static void lifecycle(Map<String, String> settings, StackOptions options) {
        settings.put("stagecoach.lifecycle.replica", "lifecycle-1");
        settings.put("stagecoach.lifecycle.ticker.enabled", Boolean.toString(!options.timeLapse()));
    }

    private static void outreach(Map<String, String> settings, StackOptions options, Platform platform) {
        settings.put("quarkus.mailer.host", "127.0.0.1");
        settings.put("quarkus.mailer.port", Integer.toString(platform.smtpPort()));
        settings.put("stagecoach.outreach.replica", "outreach-1");
        settings.put("stagecoach.outreach.link-secret", SECRET);
        settings.put("stagecoach.outreach.public-url", publicUrl(Service.OUTREACH, options));
    }

    private static void alerts(Map<String, String> settings, StackOptions options) {
        settings.put("stagecoach.alerts.replica", "alerts-1");
        settings.put("stagecoach.alerts.console.open", "true");
        settings.put("stagecoach.alerts.console.url", publicUrl(Service.ALERTS, options));
    }

    private static String publicUrl(Service service, StackOptions options) {
        return "http://localhost:" + options.ports().of(service);
    }
}
