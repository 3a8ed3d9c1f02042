package dev.stagecoach.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Median.of(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
        assertThat(Median.of(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
    }

    @Test
    void theMedianOfWhatIsPartlyUnknownIsUnknown() {
        assertThat(Median.of(Arrays.asList(1.0, null))).isNull();
        assertThat(Median.of(List.of())).isNull();
    }

    @Test
    void aPercentileIsAValueThatOccurred() {
        // Given
        var values = IntStream.rangeClosed(1, 200).mapToObj(Double::valueOf).toList();

        // When
        var percentiles = Percentiles.of(values);

        // Then
        assertThat(percentiles).isEqualTo(new Percentiles(200, 100, 180, 190, 198, 200));
    }
}
