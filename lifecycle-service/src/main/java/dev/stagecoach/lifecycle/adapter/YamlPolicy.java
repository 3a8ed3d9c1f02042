package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stagecoach.lifecycle.LifecycleConfig;
import dev.stagecoach.lifecycle.policy.MilestonePolicy;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.policy.UsagePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** Reads the policy file once, at start; a mistake in it stops the start with the line it stands in. */
@ApplicationScoped
class YamlPolicy {
    private static final String BUILT_IN = "/policy/lifecycle.yaml";
    private static final int VERSION_LENGTH = 12;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addMixIn(MonthDefinition.class, WireName.class);

    /** Policy records know nothing of files. */
    private interface WireName {
        @JsonValue
        String wireName();
    }

    private record PolicyFile(StagePolicy stages, UsagePolicy usage, MilestonePolicy milestones) {}

    @Produces
    @Singleton
    Policy policy(LifecycleConfig config) {
        return config.policy().file().map(YamlPolicy::fromFile).orElseGet(YamlPolicy::builtIn);
    }

    private static Policy fromFile(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new PolicyException("the policy file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Policy builtIn() {
        try (InputStream in = Objects.requireNonNull(YamlPolicy.class.getResourceAsStream(BUILT_IN))) {
            return parse(BUILT_IN, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new PolicyException("the built-in policy cannot be read", e);
        }
    }

    /**
     * The policy in a text.
     *
     * @throws PolicyException naming file, line and key of the first mistake
     */
    static Policy parse(String name, String text) {
        try {
            PolicyFile file = YAML.readValue(text, PolicyFile.class);
            return new Policy(versionOf(file), file.stages(), file.usage(), file.milestones());
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new PolicyException(name + ", line " + line + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Of the numbers, not of the text: a comment changes nothing. */
    private static String versionOf(PolicyFile file) throws JsonProcessingException {
        byte[] canonical = JsonMapper.builder().build().writeValueAsBytes(file);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical);
            return HexFormat.of().formatHex(hash).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
