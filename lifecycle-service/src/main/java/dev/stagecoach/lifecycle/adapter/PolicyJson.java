package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stagecoach.events.Segment;
import dev.stagecoach.lifecycle.policy.Measure;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.Rules;
import dev.stagecoach.lifecycle.policy.UsageSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** How the policy is written down: as YAML by people, as JSON for whoever looks a decision's version up. */
final class PolicyJson {
    static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addMixIn(MonthDefinition.class, WireName.class)
            .addMixIn(UsageSource.class, WireName.class)
            .addMixIn(Measure.class, WireName.class)
            .build();

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addMixIn(MonthDefinition.class, WireName.class)
            .addMixIn(UsageSource.class, WireName.class)
            .addMixIn(Measure.class, WireName.class)
            .build();
    private static final int VERSION_LENGTH = 12;

    private PolicyJson() {}

    /** Policy records know nothing of files. */
    private interface WireName {
        @JsonValue
        String wireName();
    }

    private record Written(Rules defaults, Map<Segment, Rules> segments) {}

    /** All numbers, in an order that does not change. */
    static String of(Rules defaults, Map<Segment, Rules> bySegment) {
        try {
            return JSON.writeValueAsString(new Written(defaults, bySegment));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the policy cannot be written as JSON", e);
        }
    }

    /** Of the numbers, not of the text: a comment changes nothing. */
    static String version(String json) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
