package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.OutreachPage.Doubt;
import dev.stagecoach.alerts.adapter.OutreachPage.Reason;
import dev.stagecoach.alerts.adapter.OutreachPage.Scores;
import dev.stagecoach.alerts.adapter.OutreachPage.Told;
import dev.stagecoach.events.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads what became of mails, from what outreach-service told. */
@ApplicationScoped
class JdbcOutreach {
    private static final int MOST_REASONS = 20;
    private static final int MOST_DOUBTS = 100;
    private static final int MOST_ANSWERS = 20;

    private static final String CAMPAIGNS = """
            with mails as (
                select campaign,
                       count(*) filter (where type = '%1$s') as sent,
                       count(*) filter (where type = '%2$s') as suppressed,
                       count(*) filter (where type = '%3$s') as bounced,
                       count(*) filter (where type = '%4$s') as failed,
                       count(*) filter (where type = '%5$s') as doubtful
                from timeline where campaign is not null group by campaign),
            scores as (
                select distinct on (account, data ->> 'contact', campaign, data ->> 'occurrence')
                       campaign, (data ->> 'score')::int as score
                from timeline where campaign is not null and type = '%6$s' and data ->> 'score' is not null
                order by account, data ->> 'contact', campaign, data ->> 'occurrence', at desc, rank desc, id desc),
            answers as (
                select campaign, count(*) as answers, count(*) filter (where score >= 9) as promoters,
                       count(*) filter (where score <= 6) as detractors
                from scores group by campaign)
            select mails.*, coalesce(answers, 0) as answers, coalesce(promoters, 0) as promoters,
                   coalesce(detractors, 0) as detractors
            from mails left join answers using (campaign) order by campaign
            """.formatted(
                    EventType.MESSAGE_SENT.wireName(),
                    EventType.MESSAGE_SUPPRESSED.wireName(),
                    EventType.MESSAGE_BOUNCED.wireName(),
                    EventType.MESSAGE_FAILED.wireName(),
                    EventType.MESSAGE_UNKNOWN.wireName(),
                    EventType.SURVEY_ANSWERED.wireName());

    private static final String REASONS = """
            select coalesce(detail, 'no reason told') as words, count(*) as mails from timeline
            where campaign is not null and type = '%s' group by words order by mails desc, words limit %d
            """.formatted(EventType.MESSAGE_SUPPRESSED.wireName(), MOST_REASONS);

    /** A mail of which more was told since is in doubt no more. */
    private static final String DOUBTS = """
            select account, coalesce((select name from portfolio p where p.account = doubt.account), account) as name,
                   title, detail, at, data ->> 'contact' as contact
            from timeline doubt where type = '%s' and not exists (
                select from timeline later
                where later.account = doubt.account and later.kind = 'mail' and later.at >= doubt.at and later.id <> doubt.id
                  and later.campaign = doubt.campaign
                  and later.data ->> 'occurrence' = doubt.data ->> 'occurrence'
                  and later.data ->> 'step' = doubt.data ->> 'step'
                  and later.data ->> 'contact' = doubt.data ->> 'contact')
            order by at desc limit %d
            """.formatted(EventType.MESSAGE_UNKNOWN.wireName(), MOST_DOUBTS);

    /** What readers answered in words, or asked for. */
    private static final String ANSWERS = """
            select account, coalesce((select name from portfolio p where p.account = timeline.account), account) as name,
                   id, title, detail, at
            from timeline where campaign = ? and kind = 'answer' order by at desc, rank desc, id desc limit %d
            """.formatted(MOST_ANSWERS);

    private final DataSource database;

    JdbcOutreach(DataSource database) {
        this.database = database;
    }

    /**
     * What topics told.
     *
     * @param campaigns that had a mail, by name
     */
    record ByTopics(Optional<Instant> now, List<Told> campaigns, List<Reason> reasons, List<Doubt> doubts) {
        Scores scores(String campaign) {
            return campaigns.stream()
                    .filter(told -> told.name().equals(campaign))
                    .findFirst()
                    .map(Told::scores)
                    .orElse(Scores.NONE);
        }
    }

    ByTopics read() {
        try (Connection connection = database.getConnection()) {
            return new ByTopics(
                    JdbcSystem.now(connection), campaigns(connection), reasons(connection), doubts(connection));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** The time as ticks tell it; empty before the first one. */
    Optional<Instant> now() {
        try (Connection connection = database.getConnection()) {
            return JdbcSystem.now(connection);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** What readers answered to the mails of a campaign, newest first. */
    List<CampaignPage.Said> answers(String campaign) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(ANSWERS)) {
            select.setString(1, campaign);
            try (ResultSet rows = select.executeQuery()) {
                List<CampaignPage.Said> answers = new ArrayList<>();
                while (rows.next()) {
                    answers.add(new CampaignPage.Said(
                            rows.getString("account"),
                            rows.getString("name"),
                            rows.getString("title"),
                            rows.getString("detail"),
                            moment(rows),
                            JdbcAccountPages.recordLink(rows.getString("account"), rows.getString("id"))));
                }
                return answers;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static List<Told> campaigns(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(CAMPAIGNS);
                ResultSet rows = select.executeQuery()) {
            List<Told> campaigns = new ArrayList<>();
            while (rows.next()) {
                campaigns.add(new Told(
                        rows.getString("campaign"),
                        rows.getLong("sent"),
                        rows.getLong("suppressed"),
                        rows.getLong("bounced"),
                        rows.getLong("failed"),
                        rows.getLong("doubtful"),
                        new Scores(rows.getLong("answers"), rows.getLong("promoters"), rows.getLong("detractors"))));
            }
            return campaigns;
        }
    }

    private static List<Reason> reasons(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(REASONS);
                ResultSet rows = select.executeQuery()) {
            List<Reason> reasons = new ArrayList<>();
            while (rows.next()) {
                reasons.add(new Reason(rows.getString("words"), rows.getLong("mails")));
            }
            return reasons;
        }
    }

    private static List<Doubt> doubts(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DOUBTS);
                ResultSet rows = select.executeQuery()) {
            List<Doubt> doubts = new ArrayList<>();
            while (rows.next()) {
                doubts.add(new Doubt(
                        null,
                        null,
                        rows.getString("account"),
                        rows.getString("name"),
                        rows.getString("contact"),
                        rows.getString("title"),
                        rows.getString("detail"),
                        moment(rows)));
            }
            return doubts;
        }
    }

    private static AccountPage.Moment moment(ResultSet row) throws SQLException {
        return new AccountPage.Moment(row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
