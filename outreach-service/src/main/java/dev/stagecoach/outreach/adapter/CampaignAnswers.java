package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.events.EventType;
import dev.stagecoach.outreach.survey.NetPromoterScore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What readers answered, added up by campaign. */
final class CampaignAnswers {
    private final DataSource database;

    CampaignAnswers(DataSource database) {
        this.database = database;
    }

    /**
     * The answers to a campaign.
     *
     * @param sent mails that could be answered
     * @param scores how many answered each of 0 to 10
     * @param nps null while nobody answered: unknown is not zero
     * @param unsubscribed times that a reader unsubscribed by a link in these mails
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answered(
            String campaign,
            long sent,
            long answers,
            Map<Integer, Long> scores,
            long promoters,
            long passives,
            long detractors,
            @Nullable Double nps,
            long helpRequested,
            long trainingRequested,
            long meetingRequested,
            long unsubscribed) {}

    Answered of(String campaign) {
        return Jdbc.inTransaction(database, transaction -> {
            Jdbc.update(transaction, "set transaction isolation level repeatable read, read only");
            Map<Integer, Long> scores = scores(transaction, campaign);
            Map<String, Long> others = others(transaction, campaign);
            NetPromoterScore nps = NetPromoterScore.of(scores);
            return new Answered(
                    campaign,
                    sent(transaction, campaign),
                    nps.answers(),
                    scores,
                    nps.promoters(),
                    nps.passives(),
                    nps.detractors(),
                    nps.score().orElse(null),
                    others.getOrDefault(EventType.HELP_REQUESTED.wireName(), 0L),
                    others.getOrDefault(EventType.TRAINING_REQUESTED.wireName(), 0L),
                    others.getOrDefault(EventType.MEETING_REQUESTED.wireName(), 0L),
                    others.getOrDefault(EventType.UNSUBSCRIBED.wireName(), 0L));
        });
    }

    private static Map<Integer, Long> scores(Connection transaction, String campaign) throws SQLException {
        Map<Integer, Long> scores = new TreeMap<>();
        IntStream.rangeClosed(0, 10).forEach(score -> scores.put(score, 0L));
        Jdbc.query(
                transaction,
                """
                select score, count(*) answers from (
                    select distinct on (occurrence, step, contact) score from response
                    where campaign = ? and kind = ?
                    order by occurrence, step, contact, number desc) latest
                group by score
                """,
                row -> scores.put(row.getInt("score"), row.getLong("answers")),
                campaign,
                EventType.SURVEY_ANSWERED.wireName());
        return scores;
    }

    private static Map<String, Long> others(Connection transaction, String campaign) throws SQLException {
        Map<String, Long> others = new HashMap<>();
        Jdbc.query(
                transaction,
                "select kind, count(*) answers from response where campaign = ? group by kind",
                row -> others.put(row.getString("kind"), row.getLong("answers")),
                campaign);
        return others;
    }

    private static long sent(Connection transaction, String campaign) throws SQLException {
        return Jdbc.query(
                        transaction,
                        "select count(*) mails from delivery where campaign = ? and state = 'sent'",
                        row -> row.getLong("mails"),
                        campaign)
                .get(0);
    }
}
