package dev.stagecoach.testing.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares schemas with classes, as Jackson writes them and JSpecify says what can be null. */
final class RecordComparison {
    private final OpenApiDocument document;
    private final ObjectMapper mapper;
    private final Map<String, Class<?>> types;
    private final Set<String> answered;
    private final List<String> differences = new ArrayList<>();

    RecordComparison(OpenApiDocument document, ObjectMapper mapper, Map<String, Class<?>> types, Set<String> answered) {
        this.document = document;
        this.mapper = mapper;
        this.types = types;
        this.answered = answered;
    }

    List<String> differences(String schema) {
        differences.clear();
        JavaType type = mapper.constructType(Objects.requireNonNull(types.get(schema)));
        compareValue(schema, document.schema(schema), type, answered.contains(schema));
        return List.copyOf(differences);
    }

    private void compare(String at, JsonNode schema, JavaType type, boolean isAnswered) {
        Class<?> named = types.get(OpenApiDocument.componentOf(schema));
        if (JsonKind.of(mapper, type) == JsonKind.ANYTHING) {
            return;
        }
        if (named == null) {
            compareValue(at, document.resolve(schema), type, isAnswered);
        } else {
            require(
                    named.equals(type.getRawClass()),
                    at + ": is the schema of " + named.getSimpleName() + ", and in the code " + type.toCanonical());
        }
    }

    private void compareValue(String at, JsonNode schema, JavaType type, boolean isAnswered) {
        JsonKind kind = JsonKind.of(mapper, type);
        switch (kind) {
            case ANYTHING -> {}
            case NAMES -> compareNames(at, schema, type);
            case LIST -> {
                requireType(at, schema, "array");
                compare(at + "[]", schema.path("items"), type.getContentType(), isAnswered);
            }
            case MAP -> {
                requireType(at, schema, "object");
                if (!schema.path("additionalProperties").isMissingNode() && !schema.has("properties")) {
                    compare(at + "{}", schema.path("additionalProperties"), type.getContentType(), isAnswered);
                }
            }
            case OBJECT -> compareObject(at, schema, type, isAnswered);
            default -> {
                requireType(at, schema, kind.jsonType());
                requireFormat(at, schema, type);
            }
        }
    }

    private void compareObject(String at, JsonNode schema, JavaType type, boolean isAnswered) {
        requireType(at, schema, "object");
        Map<String, JsonNode> described = new LinkedHashMap<>();
        Set<String> required = new TreeSet<>();
        collect(schema, described, required);
        Map<String, Property> properties = properties(type);
        require(
                described.keySet().equals(properties.keySet()),
                at + ": the schema has " + new TreeSet<>(described.keySet()) + ", "
                        + type.getRawClass().getSimpleName() + " has " + new TreeSet<>(properties.keySet()));
        properties.forEach((name, property) -> {
            JsonNode of = described.get(name);
            if (of != null) {
                compareProperty(at + "." + name, of, property, required.contains(name), isAnswered);
            }
        });
    }

    private void compareProperty(
            String at, JsonNode schema, Property property, boolean isRequired, boolean isAnswered) {
        if (isAnswered && !allowsAnything(schema)) {
            boolean nullWritten = property.isNullable() && !property.isLeftOut();
            require(
                    allowsNull(schema) == nullWritten,
                    at + ": the schema " + (allowsNull(schema) ? "allows" : "forbids") + " null, the code "
                            + (nullWritten ? "writes" : "never writes") + " it");
        }
        require(
                !isAnswered || isRequired == !property.isLeftOut(),
                at + ": is " + (isRequired ? "" : "not ") + "required, and "
                        + (property.isLeftOut() ? "may be left out" : "always written"));
        compare(at, withoutNull(schema), property.type(), isAnswered);
    }

    private void collect(JsonNode schema, Map<String, JsonNode> described, Set<String> required) {
        JsonNode resolved = document.resolve(schema);
        resolved.path("properties").properties().forEach(one -> described.put(one.getKey(), one.getValue()));
        resolved.path("required").forEach(name -> required.add(name.asText()));
        resolved.path("allOf").forEach(part -> collect(part, described, required));
    }

    private static boolean allowsAnything(JsonNode schema) {
        return Stream.of("$ref", "type", "enum", "const", "oneOf", "anyOf", "allOf")
                .noneMatch(schema::has);
    }

    private boolean allowsNull(JsonNode schema) {
        JsonNode resolved = document.resolve(schema);
        return resolved.path("type").toString().contains("\"null\"")
                || resolved.path("oneOf").findValuesAsText("type").contains("null");
    }

    /** What a value that is not null is described by. */
    private static JsonNode withoutNull(JsonNode schema) {
        for (JsonNode alternative : schema.path("oneOf")) {
            if (schema.path("oneOf").size() == 2
                    && !alternative.path("type").asText().equals("null")) {
                return alternative;
            }
        }
        return schema;
    }

    private void requireType(String at, JsonNode schema, String type) {
        require(
                schema.path("type").asText().equals(type)
                        || schema.path("type").toString().contains("\"" + type + "\"")
                        || (type.equals("object") && schema.has("allOf")),
                at + ": type " + schema.path("type") + ", and in the code " + type);
    }

    private void requireFormat(String at, JsonNode schema, JavaType type) {
        String format = schema.path("format").asText();
        if (type.hasRawClass(Instant.class)) {
            require(format.equals("date-time"), at + ": format " + format + " (expected: date-time)");
        }
        if (type.hasRawClass(LocalDate.class)) {
            require(format.equals("date"), at + ": format " + format + " (expected: date)");
        }
    }

    private void compareNames(String at, JsonNode schema, JavaType type) {
        Set<String> described = new TreeSet<>();
        schema.path("enum").forEach(name -> described.add(name.asText()));
        described.remove("null");
        Set<String> constants = new TreeSet<>();
        for (Object constant : type.getRawClass().getEnumConstants()) {
            constants.add(mapper.valueToTree(constant).asText());
        }
        require(described.equals(constants), at + ": the schema has " + described + ", the code " + constants);
    }

    private void require(boolean holds, String difference) {
        if (!holds) {
            differences.add(difference);
        }
    }

    private record Property(JavaType type, boolean isNullable, boolean isLeftOut) {}

    private Map<String, Property> properties(JavaType type) {
        BeanDescription bean = mapper.getSerializationConfig().introspect(type);
        Map<String, Property> properties = new LinkedHashMap<>();
        for (BeanPropertyDefinition definition : bean.findProperties()) {
            AnnotatedMember accessor = definition.getAccessor();
            if (accessor == null) {
                continue;
            }
            if (mapper.getSerializationConfig().getAnnotationIntrospector().findUnwrappingNameTransformer(accessor)
                    != null) {
                properties.putAll(properties(accessor.getType()));
            } else {
                properties.put(definition.getName(), property(bean, definition, accessor));
            }
        }
        return properties;
    }

    private Property property(BeanDescription bean, BeanPropertyDefinition definition, AnnotatedMember accessor) {
        boolean isNullable = isNullable(accessor);
        JsonInclude.Value inclusion = mapper.getSerializationConfig()
                .getDefaultPropertyInclusion()
                .withOverrides(bean.findPropertyInclusion(JsonInclude.Value.empty()))
                .withOverrides(definition.findInclusion());
        boolean isLeftOut = switch (inclusion.getValueInclusion()) {
            case NON_NULL, NON_ABSENT -> isNullable;
            case NON_EMPTY -> isNullable || accessor.getType().isContainerType();
            case NON_DEFAULT ->
                isNullable
                        || accessor.getType().isContainerType()
                        || accessor.getType().isPrimitive();
            default -> false;
        };
        return new Property(accessor.getType(), isNullable, isLeftOut);
    }

    private static boolean isNullable(AnnotatedMember accessor) {
        AnnotatedElement member = accessor.getAnnotated();
        List<AnnotatedType> types = new ArrayList<>();
        if (member instanceof Method method) {
            types.add(method.getAnnotatedReturnType());
        } else if (member instanceof Field field) {
            types.add(field.getAnnotatedType());
        }
        RecordComponent[] components = accessor.getDeclaringClass().getRecordComponents();
        for (RecordComponent component : components == null ? new RecordComponent[0] : components) {
            if (component.getName().equals(accessor.getName())) {
                types.add(component.getAnnotatedType());
            }
        }
        return types.stream().anyMatch(type -> type.isAnnotationPresent(Nullable.class));
    }
}
