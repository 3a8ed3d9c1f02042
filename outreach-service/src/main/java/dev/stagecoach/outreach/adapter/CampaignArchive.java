package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.CampaignRef;
import dev.stagecoach.outreach.campaign.Campaigns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * Campaigns with their templates as they were in each version, in PostgreSQL. A template of a version has a name of its own,
 * {@code @admin-onboarding/1/admin-onboarding/day-0.txt}; what is around it, layout and words, is always that in force.
 */
final class CampaignArchive implements Campaigns.Archive {
    private static final String MARK = "@";

    private final DataSource database;
    private final Map<CampaignRef, Optional<Version>> known = new ConcurrentHashMap<>();

    CampaignArchive(DataSource database) {
        this.database = database;
    }

    private record Version(Campaign campaign, Map<String, String> templates) {}

    private record Stored(String hash, String content, Map<String, String> templates) {}

    /**
     * Keeps a version.
     *
     * @param templates the texts by the names of their files
     * @throws PolicyException when accounts have begun with this version and it was another then
     */
    void keep(YamlCampaigns.Source source, Map<String, String> templates) {
        Campaign campaign = source.campaign();
        Map<String, String> ordered = new TreeMap<>(templates);
        String hash = hash(source.essence(), ordered);
        Jdbc.inTransaction(database, transaction -> {
            Optional<Stored> stored = stored(transaction, campaign.ref());
            if (stored.isPresent() && stored.get().hash().equals(hash)) {
                return stored;
            }
            long users = stored.isPresent() ? users(transaction, campaign.ref()) : 0;
            if (users > 0) {
                throw changed(source, users);
            }
            Jdbc.update(
                    transaction,
                    """
                    insert into campaign_version (id, version, hash, content, templates) values (?, ?, ?, ?, ?::jsonb)
                    on conflict (id, version) do update set hash = excluded.hash, content = excluded.content,
                        templates = excluded.templates
                    """,
                    campaign.id(),
                    campaign.version(),
                    hash,
                    source.text(),
                    EventCodec.json().valueToTree(ordered).toString());
            return stored;
        });
    }

    private static PolicyException changed(YamlCampaigns.Source source, long users) {
        Campaign campaign = source.campaign();
        return new PolicyException(
                source.file(),
                source.lineOf("version"),
                "version: " + campaign.version() + " has begun " + (users == 1 ? "once" : users + " times")
                        + ", and the file or one of its templates was another then (expected: version "
                        + (campaign.version() + 1) + ", or the texts as they were)",
                null);
    }

    private static long users(Connection transaction, CampaignRef ref) throws SQLException {
        return Jdbc.query(
                        transaction,
                        "select count(*) n from occurrence where campaign = ? and version = ?",
                        row -> row.getLong("n"),
                        ref.id(),
                        ref.version())
                .get(0);
    }

    private static Optional<Stored> stored(Connection transaction, CampaignRef ref) throws SQLException {
        List<Stored> found = Jdbc.query(
                transaction,
                "select hash, content, templates from campaign_version where id = ? and version = ?",
                row -> new Stored(row.getString("hash"), row.getString("content"), texts(row.getString("templates"))),
                ref.id(),
                ref.version());
        return found.stream().findFirst();
    }

    private static Map<String, String> texts(String json) {
        try {
            return EventCodec.json().readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("campaign_version.templates: " + json, e);
        }
    }

    /** A version that is not in force, with templates of that version; it can become known at any time, by another replica. */
    @Override
    public Optional<Campaign> find(CampaignRef ref) {
        return version(ref).map(Version::campaign);
    }

    /** A template of a version, if the name is one's. */
    Optional<String> template(String name) {
        String[] parts = name.split("/", 3);
        if (!name.startsWith(MARK) || parts.length < 3) {
            return Optional.empty();
        }
        return version(new CampaignRef(parts[0].substring(MARK.length()), Integer.parseInt(parts[1])))
                .map(version -> version.templates().get(parts[2]));
    }

    private Optional<Version> version(CampaignRef ref) {
        Optional<Version> version = known.computeIfAbsent(ref, this::read);
        if (version.isEmpty()) {
            known.remove(ref);
        }
        return version;
    }

    private Optional<Version> read(CampaignRef ref) {
        return Jdbc.inTransaction(database, transaction -> stored(transaction, ref))
                .map(stored -> new Version(pinned(stored, ref), stored.templates()));
    }

    private static Campaign pinned(Stored stored, CampaignRef ref) {
        UnaryOperator<String> name = template -> MARK + ref.id() + "/" + ref.version() + "/" + template;
        return YamlCampaigns.parse("campaigns/" + ref.id() + " as it was in version " + ref.version(), stored.content())
                .withTemplates(name);
    }

    private static String hash(String essence, Map<String, String> templates) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(essence.getBytes(StandardCharsets.UTF_8));
            templates.forEach((name, text) -> digest.update((name + "\n" + text).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
