package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Entry;
import io.quarkus.qute.TemplateData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of the history of an account, with what led to it and what it led to.
 *
 * @param record where it stands: topic, partition and offset
 * @param json what it says
 */
@TemplateData
record AccountRecord(
        String account,
        String accountLink,
        String accountName,
        Entry entry,
        String record,
        String type,
        @Nullable String causedBy,
        String json,
        List<Entry> effects,
        AccountPage.@Nullable Moment now) {
    public @Nullable String nowAt() {
        return now == null ? null : now.at();
    }

    public @Nullable String nowText() {
        return now == null ? null : now.text();
    }
}
