package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All about an account.
 *
 * @param now the time as ticks tell it
 */
@TemplateData
record AccountPage(
        String id,
        @Nullable Moment now,
        Head head,
        List<Step> steps,
        @Nullable String churnedNote,
        List<Ahead> ahead,
        Why why,
        Usage usage,
        Health health,
        List<Feature> features,
        People people,
        Mails mails,
        List<Answer> answers,
        List<AlertLine> alerts,
        Timeline timeline) {

    public String link() {
        return AlertsRunner.accountLink(URI.create(""), id);
    }

    /** The permanent address of a record of this account's history. */
    public String recordLink(String record) {
        return JdbcAccountPages.recordLink(id, record);
    }

    /** The id as part of a query. */
    public String urlId() {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    public String alertsLink() {
        return "/alerts?account=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    public @Nullable String nowAt() {
        return now == null ? null : now.at();
    }

    public @Nullable String nowText() {
        return now == null ? null : now.text();
    }

    /** An instant for people and for the script that says it in their zone. */
    @TemplateData
    record Moment(Instant instant) {
        public String at() {
            return instant.toString();
        }

        public String text() {
            return PageText.time(instant);
        }

        public String date() {
            return PageText.date(day());
        }

        public LocalDate day() {
            return PageText.dayOf(instant);
        }
    }

    /** @param day how long it is in its stage, {@code day 112} */
    @TemplateData
    record Head(
            String name,
            @Nullable String segment,
            @Nullable String products,
            String seats,
            @Nullable String technicalAdvisor,
            @Nullable String accountExecutive,
            @Nullable LocalDate renewsOn,
            String renewsText,
            String renewsIn,
            String stage,
            String stageClass,
            @Nullable String day) {}

    /**
     * A stage of the journey.
     *
     * @param state {@code past}, {@code now}, {@code ahead}, or {@code skipped} for one that lies behind and was never entered
     */
    @TemplateData
    record Step(
            String name,
            String stageClass,
            String state,
            @Nullable Moment entered,
            @Nullable String entry,
            String note) {
        public boolean isNow() {
            return state.equals("now");
        }
    }

    /** What time alone will do. */
    @TemplateData
    record Ahead(LocalDate on, String onText, String in, String what) {}

    /**
     * Why the stage is what it is.
     *
     * @param next the stage that comes next, or those that may
     */
    @TemplateData
    record Why(
            @Nullable String decided,
            @Nullable String entry,
            @Nullable Moment at,
            @Nullable String needs,
            String next,
            List<Clause> clauses) {}

    /** A row of what the next stage takes. */
    @TemplateData
    record Clause(
            String name,
            String value,
            String target,
            Mark mark,
            @Nullable String missing) {}

    /** A sign with its word: colour is never alone. */
    @TemplateData
    enum Mark {
        GOOD("good", "●"),
        MIDDLING("middling", "▲"),
        BAD("bad", "■"),
        UNKNOWN("unknown", "○");

        private final String cssClass;
        private final String sign;

        Mark(String cssClass, String sign) {
            this.cssClass = cssClass;
            this.sign = sign;
        }

        public String cssClass() {
            return cssClass;
        }

        public String sign() {
            return sign;
        }
    }

    /** What the charts show, and the same as a table by month. */
    @TemplateData
    record Usage(boolean isKnown, @Nullable Moment asOf, String summary, String series, List<Month> months) {}

    /** A closed month. */
    @TemplateData
    record Month(
            String month, String users, String seats, String utilization, String daily, String usage, String change) {}

    /**
     * How the account is.
     *
     * @param asOf the day of the figures; null when they are those of the last change of the level
     * @param at when the level changed last
     * @param trend what it was before, in words
     */
    @TemplateData
    record Health(
            String level,
            Mark mark,
            @Nullable String score,
            @Nullable String asOf,
            @Nullable Moment at,
            @Nullable String entry,
            @Nullable String trend,
            List<Category> categories,
            List<String> reasons,
            List<Level> levels) {}

    /**
     * A category of health.
     *
     * @param measures empty where none is known
     * @param unknown why each measure is unknown, where none is known
     */
    @TemplateData
    record Category(
            String name,
            int weight,
            Mark mark,
            String score,
            String trend,
            List<Measure> measures,
            List<String> unknown) {}

    /** A measure of a category. */
    @TemplateData
    record Measure(
            String name,
            String value,
            Mark mark,
            String word,
            @Nullable String why,
            String trend) {}

    /** A level that health had. */
    @TemplateData
    record Level(String level, Mark mark, @Nullable String score, Moment at, String entry) {}

    /** @param lastUse the last month in which it was among the most used, and how often; empty when in none */
    @TemplateData
    record Feature(String name, Moment firstUse, String entry, String lastUse) {}

    /** @param missing roles that the mails need and nobody holds */
    @TemplateData
    record People(boolean isKnown, List<String> missing, List<Role> roles) {}

    /** A role and the ids of those who hold it. */
    @TemplateData
    record Role(String name, String people) {}

    /**
     * @param counts how many mails ended how
     * @param isOlder whether there are mails too old to be counted
     * @param isMore whether there are more than these
     */
    @TemplateData
    record Mails(List<Count> counts, boolean isOlder, List<Mail> mails, boolean isMore) {}

    /** A number of something. */
    @TemplateData
    record Count(String name, long number) {}

    /** What became of a mail, last. */
    @TemplateData
    record Mail(
            String campaign,
            String step,
            String contact,
            String state,
            Mark mark,
            @Nullable String reason,
            Moment at,
            String entry) {}

    /** What a contact said. */
    @TemplateData
    record Answer(String title, @Nullable String comment, Moment at, String entry) {}

    /** @param older where the entries before these are, if there are any */
    @TemplateData
    record Timeline(
            List<Choice> kinds,
            boolean isFiltered,
            List<Entry> entries,
            @Nullable String older,
            boolean isPast) {}

    /** A filter of the timeline. */
    @TemplateData
    record Choice(String label, long number, boolean chosen, String link) {}

    /**
     * Something that happened.
     *
     * @param link the record of it
     * @param cause what it happened because of; null when nothing is recorded
     */
    @TemplateData
    record Entry(
            String id,
            Moment at,
            String kind,
            String kindLabel,
            String title,
            @Nullable String detail,
            String link,
            @Nullable Cause cause) {}

    /** @param link the record of the cause, where it is one of this account's history */
    @TemplateData
    record Cause(String text, @Nullable String link) {}
}
