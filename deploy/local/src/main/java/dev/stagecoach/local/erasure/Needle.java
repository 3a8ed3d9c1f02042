package dev.stagecoach.local.erasure;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A text that is looked for in bytes, as UTF-8, whatever the case of its ASCII letters. */
final class Needle {

    private final byte[] text;

    Needle(String text) {
        this.text = text.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        if (this.text.length == 0) {
            throw new IllegalArgumentException("nothing to look for");
        }
    }

    /** Whether a record has it in its key, its value or one of its headers. */
    boolean isIn(ConsumerRecord<byte[], byte[]> told) {
        if (isIn(told.key()) || isIn(told.value())) {
            return true;
        }
        for (var header : told.headers()) {
            if (isIn(header.value())) {
                return true;
            }
        }
        return false;
    }

    boolean isIn(byte @Nullable [] bytes) {
        if (bytes == null) {
            return false;
        }
        for (int start = 0; start <= bytes.length - text.length; start++) {
            if (isAt(bytes, start)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] bytes, int start) {
        for (int i = 0; i < text.length; i++) {
            if (lower(bytes[start + i]) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
    }
}
