package dev.stagecoach.outreach.delivery;

import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.CampaignRef;
import dev.stagecoach.outreach.campaign.Occasion;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A campaign that started for an account.
 *
 * @param key visible and derived: {@code <campaign>/<account>/<start of contract or milestone>}
 * @param occasion the id of what started it
 * @param triggeredAt steps count from here
 * @param openedAt when it was decided to start it
 * @param rolesJudged whether it was decided which roles have no contact
 * @param endedBecause null while it runs
 * @param facts what was known when it started, as far as its mails may want it; unknown is null
 */
public record Occurrence(
        String key,
        String account,
        String campaign,
        String series,
        int version,
        String occasion,
        Instant triggeredAt,
        Instant openedAt,
        boolean rolesJudged,
        @Nullable String endedBecause,
        Map<String, @Nullable Object> facts) {
    public Occurrence {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    static Occurrence open(
            String key,
            String account,
            Campaign campaign,
            Occasion occasion,
            Map<String, @Nullable Object> facts,
            Moment moment) {
        return new Occurrence(
                key,
                account,
                campaign.id(),
                campaign.series(),
                campaign.version(),
                occasion.id(),
                occasion.at(),
                moment.now(),
                false,
                null,
                facts);
    }

    /** The campaign as it was when this began. */
    public CampaignRef ref() {
        return new CampaignRef(campaign, version);
    }

    public boolean isRunning() {
        return endedBecause == null;
    }

    Occurrence ended(String why) {
        return new Occurrence(
                key, account, campaign, series, version, occasion, triggeredAt, openedAt, rolesJudged, why, facts);
    }

    Occurrence judged() {
        return new Occurrence(
                key, account, campaign, series, version, occasion, triggeredAt, openedAt, true, endedBecause, facts);
    }
}
