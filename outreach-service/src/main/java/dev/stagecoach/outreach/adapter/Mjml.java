package dev.stagecoach.outreach.adapter;

import ch.digitalfondue.mjml4j.Mjml4j;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Responsive HTML from MJML. Placeholders pass through as they are, so that a template is compiled once and filled in often.
 */
final class Mjml {
    /** Where the layout puts the mail itself. */
    private static final String CONTENT = "content";

    private static final String INCLUDE = "mj-include";

    /** What may stand in a column; the compiler leaves others out without a word. */
    private static final Set<String> ELEMENTS = Set.of(
            "mj-text",
            "mj-button",
            "mj-image",
            INCLUDE,
            "mj-table",
            "mj-divider",
            "mj-spacer",
            "mj-raw",
            "mj-social",
            "mj-social-element");

    private Mjml() {}

    /**
     * Checks the content of a mail.
     *
     * @return the files that it includes
     * @throws PolicyException with the line of what is no XML, or no element that a mail can have
     */
    static List<String> check(String file, String content) {
        List<String> included = new ArrayList<>();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader("<mail>" + content + "</mail>"));
            int depth = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT && depth++ > 0) {
                    check(file, reader, depth == 2);
                    if (reader.getLocalName().equals(INCLUDE)) {
                        included.add(String.valueOf(reader.getAttributeValue(null, "path")));
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
            return included;
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new PolicyException(file, line, "no well-formed MJML: " + withoutPosition(e), e);
        }
    }

    private static void check(String file, XMLStreamReader reader, boolean top) {
        String name = reader.getLocalName();
        boolean known = ELEMENTS.contains(name);
        if (top ? !known : name.startsWith("mj-") && !known) {
            throw new PolicyException(
                    file,
                    reader.getLocation().getLineNumber(),
                    "element " + name + " (expected one of: "
                            + String.join(", ", ELEMENTS.stream().sorted().toList()) + ")",
                    null);
        }
    }

    /** The parser says the position a second time, in lines of its own. */
    private static String withoutPosition(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int start = message.indexOf("Message: ");
        return start < 0 ? message : message.substring(start + "Message: ".length());
    }

    /**
     * The content within the layout.
     *
     * @param parts what else a file includes, by name
     */
    static String compile(String layout, String content, Locale language, Function<String, String> parts) {
        Mjml4j.IncludeResolver resolver = new Mjml4j.IncludeResolver() {
            @Override
            public String readResource(String name) throws IOException {
                return name.equals(CONTENT) ? content : parts.apply(name);
            }

            @Override
            public String resolvePath(String name, String base) {
                return name;
            }
        };
        return withoutIndentation(Mjml4j.render(
                layout, new Mjml4j.Configuration(language.toLanguageTag(), Mjml4j.TextDirection.LTR, resolver)));
    }

    /** A fifth of what is compiled is the indentation of its lines, which nobody sees. */
    private static String withoutIndentation(String html) {
        return html.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
