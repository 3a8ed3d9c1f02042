package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Templates;
import dev.stagecoach.outreach.letter.Words;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.Variant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of mails as Qute templates: {@code <template>.mjml} and {@code <template>.txt}, in another language
 * {@code <template>.<language>.mjml} and {@code .txt}. An engine of its own: the files may lie outside of the application. Each is
 * read, compiled and parsed once.
 */
final class QuteTemplates implements Templates {
    static final String MJML = ".mjml";
    static final String TEXT = ".txt";
    private static final String LAYOUT = "layout";

    private final PolicyFiles files;
    private final Locale defaultLanguage;
    private final Engine engine;
    private final Map<String, Template> parsed = new ConcurrentHashMap<>();
    private final Map<String, Locale> languages = new ConcurrentHashMap<>();
    private final Map<Locale, Words> words = new ConcurrentHashMap<>();

    QuteTemplates(PolicyFiles files, Locale defaultLanguage) {
        this.files = files;
        this.defaultLanguage = defaultLanguage;
        this.engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .addLocator(new TemplateFiles(files))
                .build();
    }

    /** Whether there is such a file, {@code admin-onboarding/day-0.txt} for instance. */
    boolean exist(String file) {
        return files.template(file).isPresent();
    }

    @Override
    public Locale languageFor(String template, Locale reader) {
        return languages.computeIfAbsent(
                template + " " + reader.toLanguageTag(), key -> findLanguage(template, reader));
    }

    /** The reader's own, then the same language of no particular country; the words around must be there too. */
    private Locale findLanguage(String template, Locale reader) {
        Set<Locale> candidates = new LinkedHashSet<>(List.of(reader, Locale.forLanguageTag(reader.getLanguage())));
        return candidates.stream()
                .filter(language -> !language.equals(defaultLanguage))
                .filter(language -> exist(file(template, language, MJML)) && exist(file(template, language, TEXT)))
                .filter(language -> exist(YamlWords.fileOf(language)))
                .findFirst()
                .orElse(defaultLanguage);
    }

    @Override
    public Words words(Locale language) {
        return words.computeIfAbsent(language, wanted -> YamlWords.read(files, wanted));
    }

    @Override
    public String text(String template, Locale language, Map<String, @Nullable Object> model) {
        String file = file(template, language, TEXT);
        return render(file, parsed.computeIfAbsent(file, this::parseText), model);
    }

    @Override
    public String html(String template, Locale language, Map<String, @Nullable Object> model) {
        String file = file(template, language, MJML);
        return render(file, parsed.computeIfAbsent(file, name -> parseMjml(name, language)), model);
    }

    private String file(String template, Locale language, String suffix) {
        return language.equals(defaultLanguage)
                ? template + suffix
                : template + "." + language.toLanguageTag() + suffix;
    }

    /** On the text's first line, so that lines keep their numbers. */
    private Template parseText(String file) {
        String text = "{#include " + LAYOUT + TEXT + "}" + source(file) + "{/include}";
        return parse(text, Variant.TEXT_PLAIN, file);
    }

    private Template parseMjml(String file, Locale language) {
        String content = source(file);
        Mjml.check("templates/" + file, content);
        return parse(Mjml.compile(source(LAYOUT + MJML), content, language, this::source), Variant.TEXT_HTML, file);
    }

    private Template parse(String text, String type, String file) {
        try {
            return engine.parse(text, Variant.forContentType(type), file);
        } catch (TemplateException e) {
            throw broken(file, e);
        }
    }

    private String source(String file) {
        return files.template(file)
                .orElseThrow(() -> new PolicyException("templates/" + file, 0, "no such template", null));
    }

    private static String render(String file, Template template, Map<String, @Nullable Object> model) {
        try {
            return template.data(model).render();
        } catch (TemplateException e) {
            throw broken(file, e);
        }
    }

    /** Lines of compiled MJML are not those of its file. */
    private static PolicyException broken(String file, TemplateException e) {
        boolean hasLine = e.getOrigin() != null && !file.endsWith(MJML);
        String where = hasLine ? e.getOrigin().getTemplateId() : file;
        return new PolicyException("templates/" + where, hasLine ? e.getOrigin().getLine() : 0, e.getMessage(), e);
    }
}
