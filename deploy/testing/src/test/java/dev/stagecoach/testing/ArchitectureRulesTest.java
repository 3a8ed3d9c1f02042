package dev.stagecoach.testing;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Each rule passes the good sample and catches each bad one. */
class ArchitectureRulesTest {

    private static final String SAMPLES = "dev.stagecoach.testing.sample.";
    private static final String GOOD = SAMPLES + "good";
    private static final String BAD = SAMPLES + "bad";
    private static final String CYCLE = SAMPLES + "cycle";

    @Test
    void aServiceAsItShouldBePassesAllRules() {
        // Given
        var classes = classesOf(GOOD);

        // When
        assertThatNoException()
                // Then
                .isThrownBy(() -> ArchitectureRules.all(GOOD).forEach(rule -> rule.check(classes)));
    }

    @Test
    void aFeatureKnowsNeitherFrameworkNorRoot() {
        assertThatChecking(BAD, ArchitectureRules.featuresArePure(BAD))
                .hasMessageContaining("FrameworkInFeature")
                .hasMessageContaining("jakarta.inject.Singleton")
                .hasMessageContaining("RootInFeature");
    }

    @Test
    void theRootTouchesNoKafkaNoSqlAndNoMail() {
        assertThatChecking(BAD, ArchitectureRules.rootTouchesNoTechnology(BAD))
                .hasMessageContaining("KafkaInUseCase")
                .hasMessageContaining("SqlInPort")
                .hasMessageContaining("MailInUseCase");
    }

    @Test
    void nothingKnowsAnAdapter() {
        assertThatChecking(BAD, ArchitectureRules.nothingDependsOnAdapters(BAD))
                .hasMessageContaining("AdapterInUseCase");
    }

    @Test
    void twoPackagesThatKnowEachOtherAreACycle() {
        assertThatChecking(CYCLE, ArchitectureRules.packagesHaveNoCycles(CYCLE))
                .hasMessageContaining("cycle.here")
                .hasMessageContaining("cycle.there");
    }

    @Test
    void clockChanceAndConsoleAreCaughtHoweverTheyAreReached() {
        assertThatChecking(BAD, ArchitectureRules.timeAndChanceComeFromOutside(BAD))
                .hasMessageContaining("ClockAndChance.instant()")
                .hasMessageContaining("ClockAndChance.instantByReference()")
                .hasMessageContaining("ClockAndChance.date()")
                .hasMessageContaining("ClockAndChance.clock()")
                .hasMessageContaining("ClockAndChance.millis()")
                .hasMessageContaining("ClockAndChance.oldDate()")
                .hasMessageContaining("ClockAndChance.id()")
                .hasMessageContaining("ClockAndChance.chance()")
                .hasMessageContaining("ClockAndChance.print()")
                .message()
                .doesNotContain("allowedBecauseItReadsNoClock");
    }

    @Test
    void aServiceKnowsNoOther() {
        assertThatChecking(BAD, ArchitectureRules.servicesAreIndependent(BAD))
                .hasMessageContaining("OtherServiceInUseCase");
    }

    @Test
    void aMisspeltPackageIsNotTakenForACleanOne() {
        // When
        assertThatThrownBy(() -> ArchitectureRules.check("dev.stagecoach.misspelt"))
                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no classes in dev.stagecoach.misspelt");
    }

    private static AbstractThrowableAssert<?, ?> assertThatChecking(String rootPackage, ArchRule rule) {
        var classes = classesOf(rootPackage);
        return assertThatThrownBy(() -> rule.check(classes)).isInstanceOf(AssertionError.class);
    }

    private static JavaClasses classesOf(String rootPackage) {
        return new ClassFileImporter().importPackages(rootPackage);
    }
}
