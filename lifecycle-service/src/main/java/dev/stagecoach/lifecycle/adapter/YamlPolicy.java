package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
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
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the policy file once, at start; a mistake in it stops the start with the line it stands in. */
@ApplicationScoped
class YamlPolicy {
    private static final String BUILT_IN = "/policy/lifecycle.yaml";
    private static final int VERSION_LENGTH = 12;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
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
        return config.lifecycle().policy().map(YamlPolicy::fromFile).orElseGet(YamlPolicy::builtIn);
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
            JsonNode root = YAML.readTree(text);
            YamlLines lines = YamlLines.of(YAML, text);
            checkKeys(name, lines, "", root, PolicyFile.class);
            return read(name, lines, root);
        } catch (IOException e) {
            int line = e instanceof JsonProcessingException syntax && syntax.getLocation() != null
                    ? syntax.getLocation().getLineNr()
                    : 1;
            throw mistake(
                    name, line, e instanceof JsonProcessingException syntax ? syntax.getOriginalMessage() : "", e);
        }
    }

    private static Policy read(String name, YamlLines lines, JsonNode root) throws JsonProcessingException {
        try {
            PolicyFile file = YAML.treeToValue(root, PolicyFile.class);
            return new Policy(versionOf(file), file.stages(), file.usage(), file.milestones());
        } catch (ValueInstantiationException e) {
            // The message of a policy record begins with the key.
            String message = String.valueOf(
                    e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage());
            throw mistake(name, lines.of(message.substring(0, Math.max(0, message.indexOf(':')))), message, e);
        } catch (JsonMappingException e) {
            String key = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .collect(Collectors.joining("."));
            throw mistake(name, lines.of(key), key + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Each key of the record once, and no other. */
    private static void checkKeys(String name, YamlLines lines, String section, JsonNode node, Class<?> type) {
        Map<String, Class<?>> expected = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            expected.put(component.getName(), component.getType());
        }
        String prefix = section.isEmpty() ? "" : section + ".";
        node.fieldNames().forEachRemaining(key -> {
            if (!expected.containsKey(key)) {
                String message =
                        "there is no key " + prefix + key + " (expected: " + String.join(", ", expected.keySet()) + ")";
                throw mistake(name, lines.of(prefix + key), message, null);
            }
        });
        expected.forEach((key, keyType) -> {
            JsonNode value = node.get(key);
            if (value == null || value.isNull()) {
                throw mistake(name, lines.of(prefix + key), prefix + key + ": missing", null);
            }
            if (keyType.isRecord()) {
                checkKeys(name, lines, prefix + key, value, keyType);
            }
        });
    }

    private static PolicyException mistake(String name, int line, String message, @Nullable Throwable cause) {
        return new PolicyException(name + ", line " + line + ": " + message, cause);
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
