package dev.stagecoach.outreach.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageRecap.FeatureUse;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToldFactsTest {
    /** A list that is full may lack some; an empty one says that nothing is known. */
    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "19, true", "20, false"})
    void knowsWhetherAMonthTellsAllFeaturesThatWereUsed(int told, boolean all) {
        List<FeatureUse> features = IntStream.range(0, told)
                .mapToObj(n -> new FeatureUse("feature-" + n, 1))
                .toList();
        UsageRecap month = new UsageRecap("acme", YearMonth.parse("2025-02"), 84, 27.5, null, features, null);

        assertThat(ToldFacts.recap(month, null)).containsEntry("knowsAllFeatures", all);
    }
}
