package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param now the time as ticks tell it
 * @param ofAccount the account whose page it is, if it is one's
 * @param older where the alerts before these are, if there are any
 * @param stream where the script listens for new alerts
 * @param chatProblems how many messages have not reached the chat
 */
@TemplateData
record Portfolio(
        @Nullable String now,
        @Nullable String nowText,
        @Nullable String ofAccount,
        List<StageCount> stages,
        List<AccountLine> accounts,
        int accountsLeftOut,
        List<AlertLine> alerts,
        List<Choice> accountChoices,
        List<Choice> kindChoices,
        boolean filtered,
        @Nullable String older,
        String stream,
        long chatProblems) {
    /** How many accounts are in a stage. */
    @TemplateData
    record StageCount(String stage, String stageClass, long accounts, boolean chosen) {
        public String link() {
            return chosen ? "/" : "/?stage=" + stage;
        }
    }

    /** An option of a filter. */
    @TemplateData
    record Choice(String value, String label, boolean chosen) {}
}
