package dev.stagecoach.events;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks enum constants up by the names that other programs see. */
final class WireNames {
    private WireNames() {}

    static <E extends Enum<E>> E find(Class<E> type, Function<E, String> wireName, String name) {
        for (E constant : type.getEnumConstants()) {
            if (wireName.apply(constant).equalsIgnoreCase(name)) {
                return constant;
            }
        }
        String accepted = Arrays.stream(type.getEnumConstants()).map(wireName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(type.getSimpleName() + ": " + name + " (expected one of: " + accepted + ")");
    }
}
