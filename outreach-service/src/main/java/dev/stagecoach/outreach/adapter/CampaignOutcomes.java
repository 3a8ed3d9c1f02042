package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.outreach.delivery.DeliveryState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What became of a campaign's mails, taken apart. */
final class CampaignOutcomes {
    private static final int MOST_REASONS = 50;

    private final DataSource database;

    CampaignOutcomes(DataSource database) {
        this.database = database;
    }

    /**
     * The outcomes of a campaign.
     *
     * @param steps of which there are mails
     * @param versions the latest first
     * @param reasons the most frequent first, 50 at most
     */
    record Outcomes(String campaign, List<OfStep> steps, List<OfVersion> versions, List<OfReason> reasons) {}

    /**
     * Mails of a step.
     *
     * @param mails by state; those that none is in are left out
     */
    record OfStep(String step, Map<String, Long> mails) {}

    /**
     * A version of the campaign.
     *
     * @param firstSeenAt when the service was started with it first, by the clock on the wall
     * @param started occurrences that began with it
     * @param ended of these, those that ended before all was sent
     * @param pending mails that are to come
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfVersion(int version, @Nullable Instant firstSeenAt, long started, long ended, long pending) {}

    /** Why mails ended as they did, or what the mail server said last of those that have not. */
    record OfReason(String state, String reason, long mails) {}

    Outcomes of(String campaign) {
        return Jdbc.inTransaction(database, transaction -> {
            Jdbc.update(transaction, "set transaction isolation level repeatable read, read only");
            return new Outcomes(
                    campaign,
                    steps(transaction, campaign),
                    versions(transaction, campaign),
                    reasons(transaction, campaign));
        });
    }

    private static List<OfStep> steps(Connection transaction, String campaign) throws SQLException {
        Map<String, Map<DeliveryState, Long>> steps = new LinkedHashMap<>();
        Jdbc.query(
                transaction,
                "select step, state, count(*) mails from delivery where campaign = ? group by step, state order by step",
                row -> steps.computeIfAbsent(row.getString("step"), step -> new EnumMap<>(DeliveryState.class))
                        .put(DeliveryState.of(row.getString("state")), row.getLong("mails")),
                campaign);
        return steps.entrySet().stream()
                .map(step -> new OfStep(step.getKey(), named(step.getValue())))
                .toList();
    }

    private static Map<String, Long> named(Map<DeliveryState, Long> mails) {
        return mails.entrySet().stream()
                .collect(Collectors.toMap(
                        state -> state.getKey().wireName(), Map.Entry::getValue, Long::sum, LinkedHashMap::new));
    }

    private static List<OfVersion> versions(Connection transaction, String campaign) throws SQLException {
        return Jdbc.query(
                transaction,
                """
                select version, v.first_seen_at, coalesce(o.started, 0) started, coalesce(o.ended, 0) ended,
                       coalesce(d.pending, 0) pending
                from (select version, first_seen_at from campaign_version where id = ?) v
                full join (select version, count(*) started, count(ended_because) ended
                           from occurrence where campaign = ? group by version) o using (version)
                left join (select o.version, count(*) pending
                           from delivery d join occurrence o on o.key = d.occurrence
                           where d.campaign = ? and d.state in ('planned', 'sending') group by o.version) d using (version)
                order by version desc
                """,
                row -> new OfVersion(
                        row.getInt("version"),
                        Jdbc.instantOrNull(row, "first_seen_at"),
                        row.getLong("started"),
                        row.getLong("ended"),
                        row.getLong("pending")),
                campaign,
                campaign,
                campaign);
    }

    private static List<OfReason> reasons(Connection transaction, String campaign) throws SQLException {
        return Jdbc.query(
                transaction,
                """
                select state, reason, count(*) mails from delivery where campaign = ? and reason is not null
                group by state, reason order by mails desc, state, reason limit ?
                """,
                row -> new OfReason(row.getString("state"), row.getString("reason"), row.getLong("mails")),
                campaign,
                MOST_REASONS);
    }
}
