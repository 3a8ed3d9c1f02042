package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.Segment;
import dev.stagecoach.lifecycle.LifecycleConfig;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the policy files once, at start; mistakes stop the start with the lines they stand in. A new section of the policy is a
 * component of {@link Rules}, a file of its name and a schema; nothing here.
 */
@ApplicationScoped
class YamlPolicy {
    @Produces
    @Singleton
    Policy policy(LifecycleConfig config) {
        return read(config.lifecycle().policy().map(PolicyFiles::in).orElseGet(PolicyFiles::builtIn));
    }

    /**
     * The policy in files.
     *
     * @throws PolicyException naming file, line, key and value of every mistake
     */
    static Policy read(PolicyFiles files) {
        List<YamlSection> sections = Arrays.stream(Rules.class.getRecordComponents())
                .map(section -> YamlSection.read(section.getName(), files.text(section.getName()), section.getType()))
                .toList();
        List<String> mistakes = sections.stream()
                .flatMap(section -> section.mistakes().stream())
                .toList();
        if (!mistakes.isEmpty()) {
            throw PolicyException.of(mistakes);
        }
        Rules defaults = rules(sections, YamlSection::defaults);
        Map<Segment, Rules> bySegment = new EnumMap<>(Segment.class);
        for (Segment segment : Segment.values()) {
            Rules own = rules(sections, section -> section.of(segment));
            // A key that says what the default says makes no difference, nor a version.
            if (!own.equals(defaults)) {
                bySegment.put(segment, own);
            }
        }
        return new Policy(PolicyJson.version(PolicyJson.of(defaults, bySegment)), defaults, bySegment);
    }

    private static Rules rules(List<YamlSection> sections, Function<YamlSection, ObjectNode> numbers) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        sections.forEach(section -> whole.set(section.name(), numbers.apply(section)));
        try {
            return PolicyJson.YAML.treeToValue(whole, Rules.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("each section was read before: " + whole, e);
        }
    }
}
