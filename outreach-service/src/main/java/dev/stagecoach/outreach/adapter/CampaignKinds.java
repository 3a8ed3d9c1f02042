package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Kind;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Which kind of mails each campaign sends, also for those who ask in SQL. */
final class CampaignKinds {
    private final Campaigns campaigns;

    CampaignKinds(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    Optional<Kind> of(String campaign) {
        return campaigns.byId(campaign).map(Campaign::kind);
    }

    /** Writes the kinds of the campaigns in force. Those of campaigns that are gone stay: mails of theirs may still wait. */
    void save(DataSource database) {
        List<Object[]> rows = campaigns.all().stream()
                .map(campaign -> new Object[] {campaign.id(), campaign.kind().wireName()})
                .toList();
        Jdbc.inTransaction(database, transaction -> Jdbc.updateEach(transaction, """
                        insert into campaign_kind (campaign, kind) values (?, ?)
                        on conflict (campaign) do update set kind = excluded.kind
                        """, rows));
    }
}
