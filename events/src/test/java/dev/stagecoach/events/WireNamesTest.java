package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WireNamesTest {
    @ParameterizedTest
    @EnumSource
    void aRoleIsFoundByItsName(Role role) {
        assertThat(Role.of(role.wireName())).isSameAs(role);
    }

    @ParameterizedTest
    @EnumSource
    void aStageIsFoundByItsNameInAnyCase(Stage stage) {
        assertThat(Stage.of(stage.wireName().toLowerCase(Locale.ROOT))).isSameAs(stage);
    }

    @ParameterizedTest
    @EnumSource
    void aTypeIsFoundByItsName(EventType type) {
        assertThat(EventType.byWireName(type.wireName())).contains(type);
    }

    @Test
    void theTypeOfRejectedUsageHasNoRecord() {
        assertThat(EventType.byWireName(EventType.USAGE_REJECTED)).isEmpty();
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Product.of("batch-changes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Product: batch-changes (expected one of: code-search, cody)");
        assertThatThrownBy(() -> HealthLevel.of(null)).hasMessageStartingWith("HealthLevel: null (expected one of: ");
    }
}
