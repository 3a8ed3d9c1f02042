package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.letter.Vocabulary;
import dev.stagecoach.outreach.letter.Words;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode;
import io.quarkus.qute.Variant;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out at the start which template asks for what its campaign's trigger does not tell. Looks at the files themselves, branches
 * that no mail has taken yet included, so that what is wrong has a line.
 */
final class TemplateCheck {
    private static final String LAYOUT = "layout";
    /** How Qute notes of which loop, or of which value, an alias is: {@code <loop#7>}, {@code <set#7>}. */
    private static final Pattern ALIAS = Pattern.compile("<(loop|set)#(\\d+)>");

    private final PolicyFiles files;
    private final Words words;

    /**
     * Checks against the words of one language; all languages must have the same.
     *
     * @throws PolicyException when they have not
     */
    TemplateCheck(PolicyFiles files, Locale defaultLanguage) {
        this.files = files;
        this.words = YamlWords.read(files, defaultLanguage);
        files.languages().forEach(language -> checkWords(YamlWords.read(files, language)));
    }

    private void checkWords(Words translated) {
        TreeSet<String> missing = new TreeSet<>(words.texts().keySet());
        missing.removeAll(translated.texts().keySet());
        if (!missing.isEmpty()) {
            throw new PolicyException(
                    "templates/" + YamlWords.fileOf(translated.language()),
                    0,
                    "lacks " + String.join(", ", missing) + " (expected: the same names as in "
                            + YamlWords.fileOf(words.language()) + ")",
                    null);
        }
    }

    /**
     * Looks at all templates of a campaign, in all languages, and at what is around them.
     *
     * @throws PolicyException for the first thing that is wrong
     */
    void check(Campaign campaign) {
        Map<String, Type> variables = Vocabulary.of(campaign.trigger());
        Engine engine = engine(variables);
        check(engine, variables, campaign, LAYOUT + QuteTemplates.TEXT);
        check(engine, variables, campaign, LAYOUT + QuteTemplates.MJML);
        for (Step step : campaign.steps()) {
            for (String template : inAllLanguages(step.template())) {
                check(engine, variables, campaign, template + QuteTemplates.TEXT);
                check(engine, variables, campaign, template + QuteTemplates.MJML);
            }
        }
    }

    private List<String> inAllLanguages(String template) {
        List<String> names = files.languages().stream()
                .map(language -> template + "." + language.toLanguageTag())
                .filter(name -> files.template(name + QuteTemplates.TEXT).isPresent()
                        || files.template(name + QuteTemplates.MJML).isPresent())
                .collect(Collectors.toList());
        names.add(template);
        return names;
    }

    private void check(Engine engine, Map<String, Type> variables, Campaign campaign, String file) {
        String text = files.template(file)
                .orElseThrow(() -> new PolicyException("templates/" + file, 0, "no such template", null));
        if (file.endsWith(QuteTemplates.MJML) && !file.startsWith(LAYOUT)) {
            Mjml.check("templates/" + file, text).forEach(part -> check(engine, variables, campaign, part));
        }
        Template template = parse(engine, file, text);
        includedIn(template, file).forEach(part -> check(engine, variables, campaign, part));
        Map<Integer, Type> types = new HashMap<>();
        for (Expression expression : template.getExpressions()) {
            try {
                Type type = typeOf(expression, variables, types);
                if (type != null) {
                    types.put(expression.getGeneratedId(), type);
                }
            } catch (IllegalArgumentException e) {
                throw new PolicyException(
                        "templates/" + file,
                        expression.getOrigin().getLine(),
                        "{" + expression.toOriginalString() + "}: " + e.getMessage() + ", in a mail of campaign "
                                + campaign.id(),
                        e);
            }
        }
    }

    /** Parts that a text takes in; those of MJML are taken in before it is compiled. */
    private Set<String> includedIn(Template template, String file) {
        Set<String> parts = new TreeSet<>();
        for (TemplateNode node : template.findNodes(TemplateCheck::isInclude)) {
            String part = node.asSection().getBlocks().get(0).parameters.get("template");
            // What a part holds is of the part that holds it, too: it is looked at there.
            if (!node.getOrigin().getTemplateId().equals(file) || part == null || part.equals(file)) {
                continue;
            }
            if (files.template(part).isEmpty()) {
                throw new PolicyException(
                        "templates/" + file,
                        node.getOrigin().getLine(),
                        "{#include " + part + "}: no such template",
                        null);
            }
            parts.add(part);
        }
        return parts;
    }

    private static boolean isInclude(TemplateNode node) {
        return node.isSection() && node.asSection().getName().equals("include");
    }

    private static Template parse(Engine engine, String file, String text) {
        try {
            return engine.parse(text, Variant.forContentType(Variant.TEXT_PLAIN), file);
        } catch (TemplateException e) {
            int line = e.getOrigin() == null ? 0 : e.getOrigin().getLine();
            throw new PolicyException("templates/" + file, line, e.getMessage(), e);
        }
    }

    /** Null when it is anything. */
    private @Nullable Type typeOf(Expression expression, Map<String, Type> variables, Map<Integer, Type> types) {
        if (expression.isLiteral() || expression.hasNamespace()) {
            return null;
        }
        List<Expression.Part> parts = expression.getParts();
        Type type = typeOfFirst(parts.get(0), variables, types);
        for (Expression.Part part : parts.subList(1, parts.size())) {
            if (type == null) {
                return null;
            }
            // {x ?: y} and the like: of the same type as far as anybody knows.
            if (!part.isVirtualMethod()) {
                type = member(type, part.getName());
            }
        }
        return type;
    }

    private static @Nullable Type typeOfFirst(
            Expression.Part part, Map<String, Type> variables, Map<Integer, Type> types) {
        String hint = part.getTypeInfo();
        if (hint == null) {
            throw new IllegalArgumentException(
                    "no such variable (expected one of: " + String.join(", ", new TreeSet<>(variables.keySet())) + ")");
        }
        Matcher alias = ALIAS.matcher(hint);
        if (alias.find()) {
            Type origin = types.get(Integer.valueOf(alias.group(2)));
            return "loop".equals(alias.group(1)) ? elementOf(origin) : origin;
        }
        return variables.get(part.getName());
    }

    private static @Nullable Type elementOf(@Nullable Type type) {
        return type instanceof ParameterizedType list && list.getRawType() == List.class
                ? list.getActualTypeArguments()[0]
                : null;
    }

    private @Nullable Type member(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == Map.class && !words.texts().containsKey(name)) {
                throw new IllegalArgumentException(
                        "no such words (expected one of those in " + YamlWords.fileOf(words.language()) + ")");
            }
            return generic.getRawType() == Map.class ? String.class : null;
        }
        if (!(type instanceof Class<?> described) || !described.isRecord()) {
            return null;
        }
        return Arrays.stream(described.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> component.getGenericType())
                .orElseThrow(() -> new IllegalArgumentException("no " + name + " (expected one of: "
                        + Arrays.stream(described.getRecordComponents())
                                .map(component -> component.getAccessor())
                                .map(Method::getName)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    /** Knows the names of the variables; their types are found out here. */
    private Engine engine(Map<String, Type> variables) {
        return Engine.builder()
                .addDefaults()
                .addParserHook(parser -> variables.keySet().forEach(name -> parser.addParameter(name, name)))
                .addLocator(new TemplateFiles(files))
                .build();
    }
}
