package dev.stagecoach.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How results are told. */
final class Report {

    private Report() {}

    static void line(String text) {
        System.out.println(text);
        System.out.flush();
    }

    /** A number, or that it is not known. */
    static String number(String format, @Nullable Double value) {
        return value == null ? "?" : format.formatted(value);
    }

    static void write(@Nullable Path file, Object result) {
        if (file == null) {
            return;
        }
        try {
            EventCodec.json().writer().with(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), result);
            line("Written to %s.".formatted(file));
        } catch (IOException e) {
            throw new Complaint("The file " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
