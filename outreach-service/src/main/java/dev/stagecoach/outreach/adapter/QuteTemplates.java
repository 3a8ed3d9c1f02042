package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Templates;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words of mails as Qute templates. An engine of its own: the files may lie outside of the application, and are read once.
 */
final class QuteTemplates implements Templates {
    private final PolicyFiles files;
    private final Engine engine;

    QuteTemplates(PolicyFiles files) {
        this.files = files;
        this.engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .addLocator(new Files())
                .build();
    }

    @Override
    public boolean exist(String name) {
        return files.template(name).isPresent();
    }

    @Override
    public String render(String name, Map<String, Object> model) {
        try {
            Template template = engine.getTemplate(name);
            if (template == null) {
                throw new IllegalArgumentException(name + ": no such template");
            }
            return template.data(model).render();
        } catch (TemplateException e) {
            int line = e.getOrigin() == null ? 0 : e.getOrigin().getLine();
            String file = e.getOrigin() == null ? name : e.getOrigin().getTemplateId();
            throw new PolicyException("templates/" + file, line, e.getMessage(), e);
        }
    }

    private final class Files implements TemplateLocator {
        @Override
        public Optional<TemplateLocation> locate(String id) {
            return files.template(id).map(text -> new TemplateLocation() {
                @Override
                public Reader read() {
                    return new StringReader(text);
                }

                @Override
                public Optional<Variant> getVariant() {
                    return Optional.of(
                            Variant.forContentType(id.endsWith(".html") ? Variant.TEXT_HTML : Variant.TEXT_PLAIN));
                }
            });
        }

        @Override
        public int getPriority() {
            return DEFAULT_PRIORITY;
        }
    }
}
