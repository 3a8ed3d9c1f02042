package dev.stagecoach.outreach.adapter;

import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.Reader;
import java.io.StringReader;
import java.util.Optional;

/** Where templates find what they include: beside them, as plain text. */
final class TemplateFiles implements TemplateLocator {
    private final PolicyFiles files;

    TemplateFiles(PolicyFiles files) {
        this.files = files;
    }

    @Override
    public Optional<TemplateLocation> locate(String id) {
        return files.template(id).map(text -> new TemplateLocation() {
            @Override
            public Reader read() {
                return new StringReader(text);
            }

            @Override
            public Optional<Variant> getVariant() {
                return Optional.of(Variant.forContentType(Variant.TEXT_PLAIN));
            }
        });
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY;
    }
}
