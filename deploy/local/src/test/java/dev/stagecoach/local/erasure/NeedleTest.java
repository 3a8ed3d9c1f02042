package dev.stagecoach.local.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedleTest {

    private final Needle needle = new Needle(" Vera@Example.com ");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "vera@example.com, true",
        "xVERA@EXAMPLE.COMx, true",
        "\u20ac\u20acvera@example.com, true",
        "vvera@example.com, true",
        "ver@vera@example.co, false",
        "vera@example.co, false",
        "'', false"
    })
    void isFoundWhereverItStandsInWhateverCase(String text, boolean found) {
        assertThat(needle.isIn(bytes(text))).isEqualTo(found);
    }

    @Test
    void isFoundInKeyValueAndHeaders() {
        var nothing = new ConsumerRecord<byte[], byte[]>("contacts", 0, 0, null, null);
        var key = new ConsumerRecord<>("contacts", 0, 0, bytes("vera@example.com"), (byte[]) null);
        var value = new ConsumerRecord<>("contacts", 0, 0, (byte[]) null, bytes("{\"email\":\"vera@example.com\"}"));
        var header = new ConsumerRecord<byte[], byte[]>("contacts", 0, 0, null, null);
        header.headers().add("reason", bytes("no vera@example.com")).add("none", null);

        assertThat(needle.isIn(nothing)).isFalse();
        assertThat(needle.isIn(key)).isTrue();
        assertThat(needle.isIn(value)).isTrue();
        assertThat(needle.isIn(header)).isTrue();
    }
}
