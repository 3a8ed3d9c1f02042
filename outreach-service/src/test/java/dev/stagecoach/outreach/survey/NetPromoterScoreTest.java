package dev.stagecoach.outreach.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetPromoterScoreTest {
    @Test
    void isUnknownWithoutAnswers() {
        assertThat(NetPromoterScore.of(Map.of()).score()).isEmpty();
        assertThat(NetPromoterScore.of(Map.of(9, 0L)).score()).isEmpty();
    }

    @Test
    void isPromotersLessDetractorsInPercentOfAll() {
        NetPromoterScore score = NetPromoterScore.of(Map.of(10, 3L, 9, 2L, 8, 2L, 7, 1L, 6, 1L, 0, 1L));

        assertThat(score).isEqualTo(new NetPromoterScore(5, 3, 2));
        assertThat(score.score()).contains(30.0);
    }

    @Test
    void putsEachScoreWhereItBelongs() {
        Map<Integer, Long> oneEach = IntStream.rangeClosed(0, 10).boxed().collect(Collectors.toMap(n -> n, n -> 1L));

        assertThat(NetPromoterScore.of(oneEach)).isEqualTo(new NetPromoterScore(2, 2, 7));
        assertThat(NetPromoterScore.of(oneEach).score()).contains(-45.5);
    }

    @Test
    void reachesFromMinusToPlusHundred() {
        assertThat(NetPromoterScore.of(Map.of(0, 7L)).score()).contains(-100.0);
        assertThat(NetPromoterScore.of(Map.of(10, 7L)).score()).contains(100.0);
    }

    @Test
    void knowsNoOtherScores() {
        assertThatThrownBy(() -> NetPromoterScore.of(Map.of(11, 1L))).hasMessage("score: 11 (expected: 0 to 10)");
    }
}
