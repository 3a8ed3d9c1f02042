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
    void speaksForWhicheverAccountIsNamed() throws UnusableException {
        // Given
        WriteKey all = keys.find("all").orElseThrow();
        // Then
        assertThat(all.accountOf("granite")).isEqualTo("granite");
        assertThat(all.accountOf(null)).isNull();
    }
}
