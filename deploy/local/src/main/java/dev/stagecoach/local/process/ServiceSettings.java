package dev.stagecoach.local.process;

import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** What each service is told about its surroundings. All else is its default. */
public final class ServiceSettings {

    /** The write key and the bearer token of a local stack. */
    public static final String TOKEN = "local";

    /** Protects nothing: whoever can reach the loopback interface may do everything here. */
    private static final String SECRET = "for-this-machine-only";

    private ServiceSettings() {}

    /**
     * The system properties of a service.
     *
     * @param port where it listens
     * @param timeLapse whether time comes from whoever publishes ticks, instead of from the clock on the wall
     */
    public static Map<String, String> of(Service service, int port, boolean timeLapse, Platform platform) {
        return of(new Replica(service, 1), port, timeLapse, platform);
    }

    /**
     * The system properties of a replica.
     *
     * @param first where the first replica of the service listens, to which links lead
     * @param timeLapse whether time comes from whoever publishes ticks, instead of from the clock on the wall
     */
    public static Map<String, String> of(Replica replica, int first, boolean timeLapse, Platform platform) {
        var service = replica.service();
        var settings = new TreeMap<String, String>();
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(replica.port(first)));
        settings.put("quarkus.console.color", "false");
        settings.put("kafka.bootstrap.servers", platform.bootstrapServers());
        service.database().ifPresent(database -> {
            settings.put("quarkus.datasource.jdbc.url", platform.jdbcUrl(database));
            settings.put("quarkus.datasource.username", platform.databaseUser());
            settings.put("quarkus.datasource.password", platform.databasePassword());
            settings.put("stagecoach.api.tokens", TOKEN);
            settings.put("stagecoach.api.tokens-on-this-machine-only", "true");
        });
        switch (service) {
            case INGEST -> ingest(settings, timeLapse);
            case LIFECYCLE -> lifecycle(settings, timeLapse, replica.number());
            case OUTREACH -> outreach(settings, first, platform, replica.number());
            case ALERTS -> alerts(settings, first, replica.number());
        }
        return settings;
    }

    private static void ingest(Map<String, String> settings, boolean timeLapse) {
        settings.put("stagecoach.ingest.write-keys." + TOKEN, "*");
        settings.put("stagecoach.ingest.pseudonym-secret", SECRET);
        settings.put("stagecoach.ingest.clock", timeLapse ? "ticks" : "system");
    }

    private static void lifecycle(Map<String, String> settings, boolean timeLapse, int number) {
        settings.put("stagecoach.lifecycle.replica", "lifecycle-" + number);
        settings.put("stagecoach.lifecycle.ticker.enabled", Boolean.toString(!timeLapse));
    }

    private static void outreach(Map<String, String> settings, int port, Platform platform, int number) {
        settings.put("quarkus.mailer.host", "127.0.0.1");
        if (platform.parts().contains(Part.MAIL)) {
            settings.put("quarkus.mailer.port", Integer.toString(platform.smtpPort()));
        }
        settings.put("stagecoach.outreach.replica", "outreach-" + number);
        settings.put("stagecoach.outreach.link-secret", SECRET);
        settings.put("stagecoach.outreach.public-url", publicUrl(port));
        // Tests come to the mail server of this machine, whoever they are sent to.
        settings.put("stagecoach.outreach.mails.test-domains", "team.example.com");
    }

    private static void alerts(Map<String, String> settings, int port, int number) {
        settings.put("stagecoach.alerts.replica", "alerts-" + number);
        settings.put("stagecoach.alerts.console.local-user", TOKEN);
        settings.put("stagecoach.alerts.console.url", publicUrl(port));
        settings.put("stagecoach.alerts.peers.token", TOKEN);
    }

    /** Where alerts-service finds the others, which its console asks. */
    public static Map<String, String> peers(ToIntFunction<Service> ports) {
        return Map.of(
                "stagecoach.alerts.peers.ingest-url", loopback(ports.applyAsInt(Service.INGEST)),
                "stagecoach.alerts.peers.lifecycle-url", loopback(ports.applyAsInt(Service.LIFECYCLE)),
                "stagecoach.alerts.peers.outreach-url", loopback(ports.applyAsInt(Service.OUTREACH)));
    }

    private static String loopback(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static String publicUrl(int port) {
        return "http://localhost:" + port;
    }
}
