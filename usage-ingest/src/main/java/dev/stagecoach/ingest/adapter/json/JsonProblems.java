package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** Says what is wrong with JSON without quoting what was sent. */
public final class JsonProblems {
    private JsonProblems() {}

    /** What is wrong and where: {@code unexpected end of input at line 1, column 20}. */
    public static String describe(IOException problem) {
        if (!(problem instanceof JsonProcessingException json)) {
            return String.valueOf(problem.getMessage());
        }
        String what = json.getOriginalMessage().lines().findFirst().orElse("not JSON");
        JsonLocation where = json.getLocation();
        return where == null ? what : what + " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    }
}
