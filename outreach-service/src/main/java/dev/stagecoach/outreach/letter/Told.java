package dev.stagecoach.outreach.letter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was kept of an event, read back: whatever is not there, or not of its kind, is unknown. */
record Told(Map<?, ?> facts) {
    static Told of(@Nullable Object facts) {
        return new Told(facts instanceof Map<?, ?> map ? map : Map.of());
    }

    boolean isEmpty() {
        return facts.isEmpty();
    }

    Told part(String name) {
        return of(facts.get(name));
    }

    List<Told> parts(String name) {
        return facts.get(name) instanceof List<?> list
                ? list.stream().map(Told::of).toList()
                : List.of();
    }

    List<String> texts(String name) {
        return facts.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(facts.get(name));
    }

    Optional<Double> number(String name) {
        return facts.get(name) instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    Optional<String> text(String name) {
        return facts.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
