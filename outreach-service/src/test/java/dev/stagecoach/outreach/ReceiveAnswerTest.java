package dev.stagecoach.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.outreach.ReceiveAnswer.Wish;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.outreach.mail.Subscription;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveAnswerTest {
    private static final MailReference RECAP = MailReference.of("recap/acme/2025-02", "recap", "ana");
    private static final MailReference GONE = MailReference.of("forgotten/acme/2025-02", "day-0", "ana");

    private final InMemoryAnswers answers = new InMemoryAnswers();
    private final ReceiveAnswer receiveAnswer = new ReceiveAnswer(
            answers,
            campaign -> Optional.ofNullable(Map.of("recap", Kind.RECAPS).get(campaign)));

    @Test
    void theSameAnswerTwiceIsOne() {
        receiveAnswer.survey(RECAP, 9, "fine");
        receiveAnswer.survey(RECAP, 9, "fine");
        receiveAnswer.ask(Wish.HELP, RECAP, null);
        receiveAnswer.ask(Wish.HELP, RECAP, null);

        assertThat(answers.told())
                .extracting(Event::type)
                .containsExactly(EventType.SURVEY_ANSWERED, EventType.HELP_REQUESTED);
    }

    @Test
    void anotherAnswerCorrectsAndIsToldEachTime() {
        receiveAnswer.survey(RECAP, 9, null);
        receiveAnswer.survey(RECAP, 3, null);
        receiveAnswer.survey(RECAP, 9, null);
        receiveAnswer.survey(RECAP, 9, "because");

        assertThat(answers.told()).extracting(answer -> answer.data().score()).containsExactly(9, 3, 9, 9);
        assertThat(answers.told()).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void whoeverHasAMailCannotFloodTheTeamWithIt() {
        for (int i = 1; i <= 20; i++) {
            assertThat(receiveAnswer.ask(Wish.HELP, RECAP, "help " + i)).isTrue();
        }

        assertThat(receiveAnswer.ask(Wish.HELP, RECAP, "help 21")).isFalse();
        assertThat(receiveAnswer.ask(Wish.HELP, RECAP, "help 20")).isTrue();
        assertThat(receiveAnswer.survey(RECAP, 9, null)).isTrue();

        assertThat(answers.told()).hasSize(21);
    }

    @Test
    void twoWhoAnswerAtOnceMakeTheSameAnswer() {
        InMemoryAnswers others = new InMemoryAnswers();

        receiveAnswer.survey(RECAP, 9, "fine");
        new ReceiveAnswer(others, campaign -> Optional.empty()).survey(RECAP, 9, "fine");

        assertThat(others.told().get(0).id()).isEqualTo(answers.told().get(0).id());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 11, Integer.MAX_VALUE})
    void aScoreIsFrom0To10(int score) {
        assertThatThrownBy(() -> receiveAnswer.survey(RECAP, score, null))
                .hasMessage("score: " + score + " (expected: 0 to 10)");
        assertThat(answers.told()).isEmpty();
    }

    @Test
    void oneClickLeavesTheKindOfTheMail() {
        receiveAnswer.unsubscribe(RECAP);
        receiveAnswer.unsubscribe(RECAP);

        assertThat(answers.told()).singleElement().satisfies(answer -> {
            assertThat(answer.type()).isEqualTo(EventType.UNSUBSCRIBED);
            assertThat(answer.data().kind()).isEqualTo("recaps");
            assertThat(answer.data().campaign()).isEqualTo("recap");
        });
        assertThat(receiveAnswer.subscription(RECAP).includes(Kind.CHECK_INS)).isTrue();
    }

    @Test
    void oneClickInAMailOfUnknownKindLeavesEverything() {
        receiveAnswer.unsubscribe(GONE);

        assertThat(receiveAnswer.subscription(GONE)).isEqualTo(Subscription.NOTHING);
        assertThat(answers.told())
                .singleElement()
                .satisfies(answer -> assertThat(answer.data().kind()).isNull());
    }

    @Test
    void oneClickOfWhoGetsNothingChangesNothing() {
        receiveAnswer.choose(RECAP, Subscription.NOTHING);

        receiveAnswer.unsubscribe(RECAP);

        assertThat(receiveAnswer.subscription(RECAP)).isEqualTo(Subscription.NOTHING);
        assertThat(answers.told()).hasSize(1);
    }

    @Test
    void leavingComingBackAndLeavingAreThreeAnswers() {
        receiveAnswer.unsubscribe(RECAP);
        receiveAnswer.choose(RECAP, Subscription.to(EnumSet.allOf(Kind.class)));
        receiveAnswer.unsubscribe(RECAP);

        assertThat(answers.told())
                .extracting(Event::type)
                .containsExactly(EventType.UNSUBSCRIBED, EventType.RESUBSCRIBED, EventType.UNSUBSCRIBED);
        assertThat(answers.told()).extracting(Event::id).doesNotHaveDuplicates();
    }
}
