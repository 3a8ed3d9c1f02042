package dev.stagecoach.ingest.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    @ParameterizedTest
    @CsvSource({
        "2025-03-12T10:00:00Z,           2025-03-12T10:00:00Z",
        "2025-03-12T10:00:00.012Z,       2025-03-12T10:00:00.012Z",
        "2024-02-29T23:59:59.999Z,       2024-02-29T23:59:59.999Z",
        "2025-03-12T10:00:00.123456Z,    2025-03-12T10:00:00.123456Z",
        "2025-03-12T10:00:00+02:00,      2025-03-12T08:00:00Z",
        "2025-03-12T10:00:00.5,          2025-03-12T10:00:00.500Z",
    })
    void readsTheTimesThatSdksWrite(String text, Instant expected) throws UnusableException {
        assertThat(Fields.time("timestamp", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "1741773600000",
                "2025-13-12T10:00:00Z",
                "2025-02-29T10:00:00Z",
                "2025-03-12T24:00:00Z",
                "2025-03-12T10:00:60.000Z",
                "2025-03-12 10:00:00Z",
                "2025-03-12T10:00:00,000Z",
                "2025-03-12T1\u0661:00:00Z",
                "1999-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "+999999999-01-01T00:00:00Z"
            })
    void rejectsOtherTimes(String text) {
        assertThatThrownBy(() -> Fields.time("timestamp", text))
                .isInstanceOf(UnusableException.class)
                .hasMessageStartingWith("timestamp: \"" + text + "\" (expected: ");
    }

    @Test
    void rejectsATimeThatCorrectingMadeOne() throws UnusableException {
        Instant earliest = Instant.parse("2000-01-01T00:00:00Z");
        assertThat(Fields.corrected("at", earliest)).isEqualTo(earliest);
        assertThatThrownBy(() -> Fields.corrected("at", earliest.minusMillis(1)))
                .isInstanceOf(UnusableException.class)
                .hasMessage(
                        "at: 1999-12-31T23:59:59.999Z, corrected by sentAt (expected: 2000-01-01T00:00:00Z or later)");
    }

    @Test
    void rejectsTextThatNobodyCouldStore() {
        assertThatThrownBy(() -> Fields.text("event", "a\u0000b", "a name"))
                .hasMessage("event: control character at position 1 (expected: printable characters)");
        assertThatThrownBy(() -> Fields.text("event", "a\ud800b", "a name"))
                .hasMessage("event: half a character at position 1 (expected: Unicode without unpaired surrogates)");
        assertThatThrownBy(() -> Fields.text("event", "\udc00", "a name"))
                .hasMessageStartingWith("event: half a character at position 0");
        assertThatCode(() -> Fields.text("event", "rocket \ud83d\ude80", "a name"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Fields.text("event", "x".repeat(201), "a name"))
                .hasMessage("event: 201 characters (expected: at most 200)");
        assertThatThrownBy(() -> Fields.text("event", " ", "a name")).hasMessage("event: missing (expected: a name)");
    }

    @Test
    void quotesLittleOfALongValue() {
        assertThat(Fields.shown("x".repeat(1_000))).hasSize(63).endsWith("…\"");
    }
}
