package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One counter per feature, out of the objects in which instances report each feature.
 *
 * <p>A counter is the <em>largest</em> whole number anywhere in the feature's object. Not the sum: the numbers in there overlap (a
 * week contains its days, all users contain those of one editor), so that a sum would count the same use several times. What
 * matters downstream holds for the largest as well: it is 0 exactly when nothing was used. Left out are fractions (averages) and
 * members that measure something other than use: {@link #NOT_USE}. A feature at 0 is left out, as instances do.
 */
final class FeatureCounters {
    private static final Map<String, String> FEATURE_BY_OBJECT = Map.ofEntries(
            Map.entry("batchChangesUsage", "batch-changes"),
            // The name of batch changes in older instances.
            Map.entry("automationUsage", "batch-changes"),
            Map.entry("codeInsightsUsage", "code-insights"),
            Map.entry("codeMonitoringUsage", "code-monitoring"),
            Map.entry("codyUsage", "cody"),
            Map.entry("notebooksUsage", "notebooks"),
            Map.entry("searchJobsUsage", "search-jobs"),
            Map.entry("searchUsage", "code-search"));

    /** Whether it was ever used; says nothing about how often. */
    private static final Map<String, String> FEATURE_BY_FLAG =
            Map.of("searched", "code-search", "refs", "code-navigation");

    /** Parts of the names of members that count lines, times, machines and the like. In lower case. */
    private static final List<String> NOT_USE =
            List.of("latenc", "diffstat", "seconds", "minutes", "executorscount", "perdashboard");

    private FeatureCounters() {}

    static Map<String, Long> in(ObjectNode ping) {
        Map<String, Long> counters = new TreeMap<>();
        FEATURE_BY_OBJECT.forEach((object, feature) -> raise(counters, feature, largestCount(ping.path(object))));
        FEATURE_BY_FLAG.forEach(
                (flag, feature) -> raise(counters, feature, ping.path(flag).asBoolean() ? 1 : 0));
        return counters;
    }

    private static void raise(Map<String, Long> counters, String feature, long count) {
        if (count > 0) {
            counters.merge(feature, count, Math::max);
        }
    }

    private static long largestCount(JsonNode json) {
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return json.longValue();
        }
        long largest = 0;
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (isUse(member.getKey())) {
                largest = Math.max(largest, largestCount(member.getValue()));
            }
        }
        if (json.isArray()) {
            for (JsonNode element : json) {
                largest = Math.max(largest, largestCount(element));
            }
        }
        return largest;
    }

    private static boolean isUse(String member) {
        String name = member.toLowerCase(Locale.ROOT);
        return NOT_USE.stream().noneMatch(name::contains);
    }
}
