package dev.stagecoach.alerts.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What outreach-service names by a word of the wire, in a person's words. */
class WordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    stage-entered:Onboarding  | the account enters Onboarding
                    milestone:first-ping      | milestone: first ping
                    day-after-close:30        | day 30 after the close of the contract
                    quarterly:90/P3M          | day 90 after the close of the contract, then every 3 months
                    quarterly:90/P1M          | day 90 after the close of the contract, then every month
                    quarterly:90/P1Y          | day 90 after the close of the contract, then every 12 months
                    month-closed:90           | a month has closed, later than day 90
                    month-closed:0            | a month has closed
                    health-became:poor,concerning | health becomes poor or concerning
                    feature-first-used:any    | first use of a feature
                    feature-first-used:batch-changes | first use of batch-changes
                    one-day-there-is:another  | one-day-there-is:another
                    nothing                   | nothing
                    """)
    void aTrigger(String trigger, String words) {
        assertThat(TriggerWords.of(trigger)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no-contact-for-role: champion | nobody holds the role: champion
                    no-contact-for-role: nobody holds a role of the audience | nobody holds a role of the audience
                    frequency-cap                 | frequency cap: too many other mails
                    quiet-hours                   | quiet hours where the reader is
                    550 no such user              | 550 no such user
                    rejected, says ana@team: why  | rejected, says ana@team: why
                    """)
    void aReason(String reason, String words) {
        assertThat(ReasonWords.of(reason)).isEqualTo(words);
    }
}
