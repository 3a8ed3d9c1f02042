package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.ingest.field.Fields;
import dev.stagecoach.ingest.field.UnusableException;
import dev.stagecoach.ingest.ping.Ping;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ping that instances have always sent to their update check. They are out there and cannot be put right, so only
 * {@code site} and {@code version} must be there; whatever else is not as expected is unknown, and kept in the raw ping.
 * The ping has neither an id nor a time of its own.
 */
final class UpdateCheckFormat implements PingFormat {
    @Override
    public @Nullable String keyIn(ObjectNode json) {
        return Json.text(json, "LicenseKey", "licenseKey");
    }

    @Override
    public Ping read(ObjectNode json, Instant receivedAt) throws UnusableException {
        return new Ping(
                Fields.text("site", Json.text(json, "site"), "the id of the instance"),
                null,
                Fields.text("version", Json.text(json, "version"), "the version of the instance"),
                // Instances do not know their account; who forwards their pings may add it.
                Fields.optionalText("account", Json.text(json, "account", "groupId")),
                null,
                null,
                null,
                SiteActivity.activeUsers(json, receivedAt),
                FeatureCounters.in(json));
    }
}
