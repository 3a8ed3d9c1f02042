package dev.stagecoach.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What docs/operating.md tells an operator to type, so that tests type the same. */
final class Runbook {

    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    private Runbook() {}

    /** The SQL of a section, in its order. */
    static List<String> sqlOf(String heading) {
        return SQL.matcher(section(heading))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** A section as it stands there. */
    static String section(String heading) {
        try {
            var page = Files.readString(LocalStack.HOME.resolve("docs/operating.md"));
            int start = page.indexOf("\n## " + heading + "\n");
            if (start < 0) {
                throw new IllegalStateException("docs/operating.md has no section \"" + heading + "\"");
            }
            int end = page.indexOf("\n## ", start + 1);
            return page.substring(start, end < 0 ? page.length() : end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
