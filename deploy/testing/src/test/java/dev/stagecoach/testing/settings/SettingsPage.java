package dev.stagecoach.testing.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of {@code docs/settings}: prose by people around a table that is made from the code. */
final class SettingsPage {

    private static final String BEGIN = "<!-- This table is made from the code by SettingsPagesTest. -->\n";
    private static final String END = "<!-- End of the table. -->\n";

    private final Path home;
    private final String service;

    /** @param home the checkout */
    SettingsPage(Path home, String service) {
        this.home = home;
        this.service = service;
    }

    /** What the code of the service declares, and that of the module that decides who may call it. */
    List<Setting> settings() {
        var sources = new ArrayList<>(mappings(home.resolve(service)));
        if (read(home.resolve(service).resolve("pom.xml")).contains("<artifactId>stagecoach-access</artifactId>")) {
            sources.addAll(mappings(home.resolve("deploy/access")));
        }
        try {
            return SettingsReader.read(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> mappings(Path module) {
        return sources(module).stream()
                .filter(source -> read(source).contains("\n@ConfigMapping("))
                .toList();
    }

    /** All sources of a module but those of its tests. */
    static List<Path> sources(Path module) {
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return home.resolve("docs/settings").resolve(service + ".md");
    }

    /** As it is. */
    String text() {
        return read(file());
    }

    /** As it should be: with the table as the code has it, and all else as it is. */
    String upToDate() {
        var text = text();
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(file() + ": the lines around the table are missing: " + BEGIN + END);
        }
        return text.substring(0, begin + BEGIN.length()) + table() + text.substring(end);
    }

    private String table() {
        return settings().stream()
                .map(SettingsPage::row)
                .collect(Collectors.joining(
                        "",
                        "| setting | environment variable | default | unit | meaning |\n|---|---|---|---|---|\n",
                        ""));
    }

    private static String row(Setting setting) {
        return "| `%s` | `%s` | %s | %s | %s |%n"
                .formatted(
                        setting.name(),
                        setting.environmentVariable(),
                        setting.defaultValue().map(value -> "`" + value + "`").orElseGet(() -> absent(setting)),
                        cell(setting.unit()),
                        cell(setting.meaning()));
    }

    private static String absent(Setting setting) {
        if (!setting.required()) {
            return "none";
        }
        return setting.name().contains("<name>") ? "must be given for each" : "**must be given**";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
