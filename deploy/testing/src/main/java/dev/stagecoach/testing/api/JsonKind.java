package dev.stagecoach.testing.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import java.util.Set;

/** What values of a class are in JSON. */
enum JsonKind {
    ANYTHING(""),
    TEXT("string"),
    NAMES("string"),
    WHOLE_NUMBER("integer"),
    NUMBER("number"),
    TRUTH("boolean"),
    LIST("array"),
    MAP("object"),
    OBJECT("object");

    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, long.class, short.class, Integer.class, Long.class, Short.class);

    private final String jsonType;

    JsonKind(String jsonType) {
        this.jsonType = jsonType;
    }

    String jsonType() {
        return jsonType;
    }

    static JsonKind of(ObjectMapper mapper, JavaType type) {
        Class<?> raw = type.getRawClass();
        AnnotatedMember value = mapper.getSerializationConfig().introspect(type).findJsonValueAccessor();
        if (raw.equals(Object.class) || JsonNode.class.isAssignableFrom(raw)) {
            return ANYTHING;
        }
        if (type.isEnumType()) {
            return NAMES;
        }
        if (value != null) {
            return of(mapper, value.getType());
        }
        if (type.isMapLikeType()) {
            return MAP;
        }
        if (type.isContainerType()) {
            return LIST;
        }
        return scalarOrObject(raw);
    }

    private static JsonKind scalarOrObject(Class<?> raw) {
        if (WHOLE.contains(raw)) {
            return WHOLE_NUMBER;
        }
        if (raw.equals(boolean.class) || raw.equals(Boolean.class)) {
            return TRUTH;
        }
        if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            return NUMBER;
        }
        return raw.getName().startsWith("java.") ? TEXT : OBJECT;
    }
}
