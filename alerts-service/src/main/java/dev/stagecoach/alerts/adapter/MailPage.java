package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail of the ledger: what started it, what became of it, what the reader answered, what people decided.
 *
 * @param causeLink the record that led to it, where it is one of its account's history
 */
@TemplateData
record MailPage(
        Optional<Instant> instant,
        @Nullable ActReport act,
        OutreachApi.Story story,
        String accountName,
        @Nullable String causeLink) {
    public MailLine mail() {
        return new MailLine(story.message(), accountName);
    }

    public @Nullable String now() {
        return instant.map(Instant::toString).orElse(null);
    }

    public @Nullable String nowText() {
        return instant.map(PageText::time).orElse(null);
    }

    public String title() {
        return mail().campaign() + ", " + mail().step();
    }

    public String occurrence() {
        return story.occurrence().key();
    }

    public int version() {
        return story.occurrence().version();
    }

    public Moment triggeredAt() {
        return new Moment(story.occurrence().triggeredAt());
    }

    public @Nullable String endedBecause() {
        return story.occurrence().endedBecause();
    }

    public int attempts() {
        return story.message().attempts();
    }

    public @Nullable String messageId() {
        return story.message().messageId();
    }

    public List<Answer> answers() {
        return story.answers().stream().map(Answer::new).toList();
    }

    public List<Decided> decided() {
        return story.decided().stream().map(Decided::new).toList();
    }

    /** What the reader answered. */
    @TemplateData
    record Answer(OutreachApi.Answer answer) {
        public String words() {
            String type = PageText.spaced(
                    answer.type().replaceFirst("^.*outreach\\.", "").replaceFirst("\\.v\\d+$", ""));
            return answer.score() == null ? type : type + ": " + answer.score() + " of 10";
        }

        public @Nullable String comment() {
            return answer.comment();
        }

        public Moment at() {
            return new Moment(answer.at());
        }
    }

    /** What a person decided. */
    @TemplateData
    record Decided(OutreachApi.Decided decided) {
        public String words() {
            return switch (decided.as()) {
                case "sent" -> "marked it as sent";
                case "not-sent" -> "marked it as not sent";
                case "send-again" -> "had it sent again";
                case "release" -> "released it";
                case "reject" -> "rejected it";
                default -> PageText.spaced(decided.as());
            };
        }

        public String by() {
            return decided.by();
        }

        public String reason() {
            return decided.reason();
        }

        public Moment at() {
            return new Moment(decided.recordedAt());
        }
    }
}
