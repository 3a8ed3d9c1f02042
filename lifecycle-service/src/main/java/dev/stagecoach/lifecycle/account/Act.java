package dev.stagecoach.lifecycle.account;

import dev.stagecoach.events.ChangedBy;
import org.jspecify.annotations.Nullable;

/**
 * What a person did to the facts of an account.
 *
 * @param note what the person wrote about it, if anything
 */
public record Act(Kind kind, String author, @Nullable String note) {
    /** By the names that facts and histories carry. */
    public enum Kind {
        SIGNALS("signals"),
        RENEWAL("renewal"),
        EXTENSION("extension"),
        CHURN("churn"),
        CHURN_WITHDRAWN("churn-withdrawn"),
        STAGE_BY_HAND("stage-by-hand"),
        STAGE_BY_RULE("stage-by-rule");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    public ChangedBy changedBy() {
        return new ChangedBy(author, kind.wireName(), note);
    }
}
