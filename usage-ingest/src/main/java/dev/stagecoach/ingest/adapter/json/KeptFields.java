package dev.stagecoach.ingest.adapter.json;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which fields of events go on with them. All others end here: nobody knows what senders put there.
 *
 * @param names of properties, and of fields of the context as {@code context.app.version}
 * @param holders the objects on the way to the latter: {@code context.app}
 * @param holdsContext whether anything of the context goes on
 */
public record KeptFields(Set<String> names, Set<String> holders, boolean holdsContext) {
    static final String CONTEXT = "context.";

    public KeptFields {
        names = Set.copyOf(names);
        holders = Set.copyOf(holders);
    }

    /**
     * As they are configured.
     *
     * @param context paths within the context, with dots
     */
    public static KeptFields of(Set<String> properties, Set<String> context) {
        Set<String> names = Stream.concat(properties.stream(), context.stream().map(CONTEXT::concat))
                .collect(Collectors.toSet());
        Set<String> holders = new HashSet<>();
        for (String path : context) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                holders.add(CONTEXT + path.substring(0, dot));
            }
        }
        return new KeptFields(names, holders, !context.isEmpty());
    }
}
