package dev.stagecoach.lifecycle.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.events.WriteKeyScope;
import dev.stagecoach.events.WriteKeySecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteKeyTest {
    private static final Instant NOON = Instant.parse("2027-02-10T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void isKeptAsTheSha256OfItsWholeText() {
        // Given
        WriteKeyText text = new WriteKeyText("k3v9q2m8xa", "0123456789abcdefghijABCDEFGHIJxy");
        // When
        WriteKey key = created(text);
        // Then: printf %s sc_k3v9q2m8xa_0123456789abcdefghijABCDEFGHIJxy | sha256sum
        assertThat(key.facts().secrets())
                .containsExactly(
                        new WriteKeySecret("7a534ccd6dc0db19a175b176bdc1b80410c4aca68c01b94a7d1c4cf5fef86ab7", null));
        assertThat(key.toString()).doesNotContain(text.secret());
        assertThat(text.toString()).doesNotContain(text.secret());
    }

    @Test
    void keepsTheOlderTextForTheGraceTime() {
        // When
        WriteKey key = created(text('a')).rotated(text('b'), DAY, at(NOON));
        // Then
        assertThat(key.facts().secrets()).containsExactly(ending('a', NOON.plus(DAY)), endless('b'));
        assertThat(key.olderGoodUntil()).contains(NOON.plus(DAY));
        assertThat(key.changes()).extracting(WriteKeyChange::act).containsExactly("created", "rotated");
    }

    @Test
    void endsAllOlderTextsWithoutGrace() {
        // When
        WriteKey key = created(text('a'))
                .rotated(text('b'), DAY, at(NOON))
                .rotated(text('c'), Duration.ZERO, at(NOON.plusSeconds(1)));
        // Then
        assertThat(key.facts().secrets()).containsExactly(endless('c'));
        assertThat(key.olderGoodUntil()).isEmpty();
    }

    @Test
    void lengthensNoTextThatEndsSoonerAndShortensOneThatEndsLater() {
        // Given
        WriteKey key = created(text('a')).rotated(text('b'), DAY, at(NOON));
        // When
        WriteKey longer = key.rotated(text('c'), DAY.multipliedBy(3), at(NOON));
        WriteKey shorter = key.rotated(text('c'), Duration.ofHours(1), at(NOON));
        // Then
        assertThat(longer.facts().secrets())
                .containsExactly(
                        ending('a', NOON.plus(DAY)), ending('b', NOON.plus(DAY.multipliedBy(3))), endless('c'));
        assertThat(shorter.facts().secrets())
                .containsExactly(
                        ending('a', NOON.plusSeconds(3600)), ending('b', NOON.plusSeconds(3600)), endless('c'));
    }

    @Test
    void forgetsWhatHasEnded() {
        // Given
        WriteKey key = created(text('a')).rotated(text('b'), DAY, at(NOON));
        // When
        WriteKey later = key.rotated(text('c'), DAY, at(NOON.plus(DAY)));
        // Then
        assertThat(later.facts().secrets()).containsExactly(ending('b', NOON.plus(DAY.multipliedBy(2))), endless('c'));
    }

    @Test
    void hasRoomForFiveTexts() {
        // Given
        WriteKey key = created(text('a'));
        for (char next : List.of('b', 'c', 'd', 'e')) {
            assertThat(key.hasRoomAt(NOON)).isTrue();
            key = key.rotated(text(next), DAY, at(NOON));
        }
        // Then
        assertThat(key.hasRoomAt(NOON)).isFalse();
        assertThat(key.hasRoomAt(NOON.plus(DAY))).isTrue();
    }

    @Test
    void keepsNoHashOnceItIsRevoked() {
        // When
        WriteKey key = created(text('a')).revoked(at(NOON.plusSeconds(9)));
        // Then
        assertThat(key.isRevoked()).isTrue();
        assertThat(key.facts().secrets()).isEmpty();
        assertThat(key.facts().revokedAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(key.changedAt()).isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void refusesATextThatIsTooShort() {
        assertThatThrownBy(() -> new WriteKeyText("k3v9q2m8xa", "short"))
                .hasMessage("a key's text of 10 and 5 characters (expected: 10 and 32)");
    }

    private static WriteKey created(WriteKeyText text) {
        return WriteKey.created(text, "Acme", WriteKeyScope.of(List.of("acme")), null, at(NOON));
    }

    private static WriteKeyChange.By at(Instant time) {
        return new WriteKeyChange.By("dana", null, time);
    }

    private static WriteKeyText text(char of) {
        return new WriteKeyText("k3v9q2m8xa", String.valueOf(of).repeat(32));
    }

    private static WriteKeySecret endless(char of) {
        return new WriteKeySecret(text(of).sha256(), null);
    }

    private static WriteKeySecret ending(char of, Instant until) {
        return new WriteKeySecret(text(of).sha256(), until);
    }
}
