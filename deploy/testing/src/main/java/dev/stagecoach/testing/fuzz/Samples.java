package dev.stagecoach.testing.fuzz;

import java.util.List;
import java.util.Map;

/** A good request to every path on which usage comes. */
final class Samples {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static final String TRACK = """
            {"type":"track","messageId":"m-0001","userId":"u1","event":"Search Run","timestamp":"2025-03-12T10:00:00Z","sentAt":"2025-03-12T10:00:01Z",
             "properties":{"feature":"code-search","action":"run","results":12,"ratio":0.5,"list":[1,"two",null]},
             "context":{"groupId":"harbor","instance":"eu-1","ip":"203.0.113.9","library":{"name":"analytics-java","version":"3.5.4"}}}""";

    private static final String IDENTIFY = """
            {"messageId":"m-0002","userId":"u1","anonymousId":"a1","traits":{"email":"ada@harbor.example","plan":"enterprise"},"context":{"groupId":"harbor"}}""";

    private static final String BATCH = """
            {"sentAt":"2025-03-12T10:00:01Z","context":{"groupId":"harbor"},"batch":[
             {"type":"track","messageId":"b-1","userId":"u1","event":"search","timestamp":"2025-03-12T10:00:00Z","properties":{"feature":"code-search"}},
             {"type":"page","messageId":"b-2","anonymousId":"a1","name":"Notebook","originalTimestamp":"2025-03-12T10:00:00Z"},
             {"type":"identify","userId":"u1","traits":{"plan":"enterprise"}},
             {"type":"group","userId":"u1","groupId":"harbor"},
             {"type":"track","userId":4711,"event":"search"}]}""";

    private static final String PING = """
            {"instance":"eu-1","account":"harbor","version":"5.2.0","at":"2025-03-12T10:00:00Z","sentAt":"2025-03-12T10:00:01Z",
             "activeUsers":{"day":41,"week":70,"month":88,"rollingMonth":103},"features":{"batch-changes":3,"cody":12}}""";

    private static final String UPDATE = """
            {"site":"0f6f3b1c-6a1e-4c0a-9f0e-2d9a1a4b7c11","version":"5.3.9104","deployType":"kubernetes","u":39,"auth":["builtin"],
             "act":{"DAUs":[{"StartTime":"2025-03-12T00:00:00Z","UserCount":41,"RegisteredUserCount":40}],
              "MAUs":[{"StartTime":"2025-03-01T00:00:00Z","UserCount":88}]},
             "batchChangesUsage":{"BatchChangesCount":3,"Cohorts":[{"Week":"2025-03-03","ChangesetsPublished":9}]},
             "searchUsage":{"Daily":[{"Literal":{"UserCount":31,"EventsCount":512,"EventLatencies":{"P50":120.5}}}]},
             "codyUsage":{"Daily":{"TotalCodyUsers":{"UserCount":12,"EventsCount":240}}},"initAdmin":"ada@harbor.example","searched":true}""";

    private static final String USAGE_DATA = """
            {"id":"e-1","account":"harbor","user":"u1","name":"search","feature":"code-search","action":"run","at":"2025-03-12T10:00:00Z","properties":{"results":3}}""";

    private static final String CLOUD_EVENT = """
            {"specversion":"1.0","id":"e-1","source":"/product","type":"stagecoach.usage.event.v1","subject":"harbor","time":"2025-03-12T10:00:00Z","datacontenttype":"application/json","data":""" + USAGE_DATA + "}";

    private static final String CLOUD_PING = """
            {"specversion":"1.0","id":"p-1","source":"/product","type":"stagecoach.usage.ping.v1","subject":"harbor","time":"2025-03-12T10:00:00Z","data":""" + PING + "}";

    private static final List<Sample> ALL = List.of(
            Sample.of("/v1/track", JSON, TRACK),
            Sample.of("/v1/track", Map.of("Content-Type", "text/plain"), TRACK),
            Sample.of("/v1/page", JSON, TRACK),
            Sample.of("/v1/screen", JSON, TRACK),
            Sample.of("/v1/identify", JSON, IDENTIFY),
            Sample.of("/v1/group", JSON, IDENTIFY),
            Sample.of("/v1/alias", JSON, IDENTIFY),
            Sample.of("/v1/batch", JSON, BATCH),
            Sample.of("/v1/batch/", JSON, BATCH),
            Sample.of("/v1/import", JSON, BATCH),
            Sample.of("/v1/pings", JSON, PING),
            Sample.of("/updates", JSON, UPDATE),
            Sample.of("/.api/updates", JSON, UPDATE),
            Sample.of("/v1/events", Map.of("Content-Type", "application/cloudevents+json; charset=UTF-8"), CLOUD_EVENT),
            Sample.of("/v1/events", Map.of("Content-Type", "application/cloudevents+json"), CLOUD_PING),
            Sample.of(
                    "/v1/events",
                    Map.of("Content-Type", "application/cloudevents-batch+json"),
                    "[" + CLOUD_EVENT + "," + CLOUD_PING + "]"),
            Sample.of(
                    "/v1/events",
                    Map.of(
                            "Content-Type",
                            "application/json",
                            "ce-specversion",
                            "1.0",
                            "ce-id",
                            "e-1",
                            "ce-source",
                            "/product",
                            "ce-type",
                            "stagecoach.usage.event.v1",
                            "ce-subject",
                            "harbor",
                            "ce-time",
                            "2025-03-12T10:00:00Z"),
                    USAGE_DATA));

    private Samples() {}

    static List<Sample> all() {
        return ALL;
    }
}
