package dev.stagecoach.ingest.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.ingest.field.UnusableException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteKeysTest {
    private final WriteKeys keys = new WriteKeys(Map.of("own", "harbor", "all", "*"));

    @Test
    void knowsOnlyTheKeysThatWereHandedOut() {
        assertThat(keys.find("other")).isEmpty();
        assertThat(keys.find(null)).isEmpty();
    }

    @Test
    void speaksForItsOwnAccountWhetherNamedOrNot() throws UnusableException {
        // Given
        WriteKey own = keys.find("own").orElseThrow();
        // Then
        assertThat(own.accountOf(null)).isEqualTo("harbor");
        assertThat(own.accountOf("harbor")).isEqualTo("harbor");
        assertThatThrownBy(() -> own.accountOf("granite"))
                .hasMessage("account: \"granite\" (expected: none, or the account that the write key belongs to)");
    }

    @Test
    void namesAKeyOfTheSettingsAlwaysAlikeAndWithoutGivingItAway() {
        // When
        String id = keys.find("own").orElseThrow().id();
        // Then
        assertThat(id)
                .matches("settings-[0-9a-f]{8}")
                .isEqualTo(new WriteKeys(Map.of("own", "granite"))
                        .find("own")
                        .orElseThrow()
                        .id())
                .isNotEqualTo(keys.find("all").orElseThrow().id());
    }

    @Test
    void takesNoTextThatIsLongerThanAnyKey() {
        assertThat(keys.find("sc_k3v9q2m8xa_" + "a".repeat(1_000_000))).isEmpty();
        assertThat(new WriteKeys(Map.of("x".repeat(100), "harbor")).find("x".repeat(100)))
                .isPresent();
    }

    @Test
    void speaksForWhicheverAccountIsNamed() throws UnusableException {
        // Given
        WriteKey all = keys.find("all").orElseThrow();
        // Then
        assertThat(all.accountOf("granite")).isEqualTo("granite");
        assertThat(all.accountOf(null)).isNull();
    }
}
