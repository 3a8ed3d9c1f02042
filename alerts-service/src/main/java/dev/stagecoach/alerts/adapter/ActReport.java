package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import org.jspecify.annotations.Nullable;

/**
 * What became of something that a person did, shown on the page that they are led back to.
 *
 * @param isDone false: it was refused, and nothing has changed
 * @param target what it was about, where that is needed to show its form again
 * @param reason what was typed as the reason of something that was refused, so that it need not be typed again
 */
@TemplateData
record ActReport(
        boolean isDone,
        String words,
        @Nullable String target,
        @Nullable String reason) {
    static ActReport done(String words) {
        return new ActReport(true, words, null, null);
    }

    static ActReport refused(String words, @Nullable String target, @Nullable String reason) {
        return new ActReport(false, words, target, reason);
    }

    /** Whether it was about this, and was refused. */
    public boolean isAbout(@Nullable String other) {
        return !isDone && target != null && target.equals(other);
    }
}
