package dev.stagecoach.testing.settings;

import io.smallrye.config.common.utils.StringUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setting of a service.
 *
 * @param unit of its value: a kind of text, or what a number counts; empty where the code does not say
 * @param required whether the service does not start without it
 * @param defaultValue what it is when it is not given, if that is said in the code
 * @param meaning in Markdown; empty where the code does not say
 */
record Setting(String name, String unit, boolean required, Optional<String> defaultValue, String meaning) {

    /** By the rule of SmallRye Config; {@code <NAME>} where the setting has {@code <name>}. */
    String environmentVariable() {
        return Stream.of(name.split("<name>", -1))
                .map(part ->
                        StringUtil.replaceNonAlphanumericByUnderscores(part).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining("<NAME>"));
    }
}
