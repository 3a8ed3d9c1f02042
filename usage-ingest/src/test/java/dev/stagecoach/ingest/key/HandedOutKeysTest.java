package dev.stagecoach.ingest.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.events.Product;
import dev.stagecoach.events.WriteKeyFacts;
import dev.stagecoach.events.WriteKeyScope;
import dev.stagecoach.events.WriteKeySecret;
import dev.stagecoach.ingest.field.UnusableException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys as lifecycle-service hands them out. */
class HandedOutKeysTest {
    private static final Instant NOON = Instant.parse("2027-02-10T12:00:00Z");
    private static final String OLD = text('a');
    private static final String NEW = text('b');

    private final Map<String, HandedOutKey> told = new HashMap<>();
    private Instant now = NOON;
    private final WriteKeys keys =
            new WriteKeys(Map.of("local", "*"), id -> Optional.ofNullable(told.get(id)), () -> now);

    @Test
    void areGoodFromTheRecordOnThatTellsOfThem() {
        // Given
        assertThat(keys.find(OLD)).isEmpty();
        // When
        tell(List.of("harbor"), 50, null, secret(OLD, null));
        // Then
        WriteKey key = keys.find(OLD).orElseThrow();
        assertThat(key.id()).isEqualTo("k3v9q2m8xa");
        assertThat(key.account()).isEqualTo("harbor");
        assertThat(key.eventsPerSecond()).isEqualTo(50);
        assertThat(keys.find("local")).isPresent();
    }

    @Test
    void areRecognisedByTheirWholeText() {
        // Given
        tell(List.of("harbor"), null, null, secret(OLD, null));
        // Then
        assertThat(keys.find(NEW)).isEmpty();
        assertThat(keys.find(OLD.replace("k3v9q2m8xa", "0000000000"))).isEmpty();
        assertThat(keys.find(OLD.substring(0, OLD.length() - 1))).isEmpty();
        assertThat(keys.find(OLD + "a")).isEmpty();
        assertThat(keys.find(OLD.toUpperCase(Locale.ROOT))).isEmpty();
        assertThat(keys.find("k3v9q2m8xa")).isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    @Test
    void haveTwoTextsUntilTheEndOfTheOlderOne() {
        // Given
        tell(List.of("harbor"), null, null, secret(OLD, NOON.plusSeconds(1)), secret(NEW, null));
        // Then
        assertThat(keys.find(OLD)).isPresent();
        assertThat(keys.find(NEW)).isPresent();
        // When
        now = NOON.plusSeconds(1);
        // Then
        assertThat(keys.find(OLD)).isEmpty();
        assertThat(keys.find(NEW)).isPresent();
    }

    @Test
    void askForNoTimeWithoutAnEnd() {
        // Given
        told.put(
                "k3v9q2m8xa",
                HandedOutKey.of(facts(WriteKeyScope.of(Product.CODY), null, null, secret(OLD, null)), (a, p) -> true));
        WriteKeys beforeTheFirstTick = new WriteKeys(Map.of(), id -> Optional.ofNullable(told.get(id)), () -> {
            throw new IllegalStateException("no time yet");
        });
        // Then
        assertThat(beforeTheFirstTick.find(OLD)).isPresent();
    }

    @Test
    void areNotGoodOnceRevokedWhateverElseIsTold() {
        // When
        tell(List.of("harbor"), null, NOON.plusSeconds(3600), secret(OLD, null));
        // Then
        assertThat(keys.find(OLD)).isEmpty();
        assertThat(told.get("k3v9q2m8xa").isRevoked()).isTrue();
    }

    @Test
    void ofASetNeedAnAccountOfIt() throws UnusableException {
        // Given
        tell(List.of("harbor", "granite"), null, null, secret(OLD, null));
        WriteKey key = keys.find(OLD).orElseThrow();
        // Then
        assertThat(key.accountOf(null)).isNull();
        assertThat(key.accountOf("granite")).isEqualTo("granite");
        assertThat(key.userSpace()).isEqualTo("key k3v9q2m8xa");
        assertThat(keys.find("local").orElseThrow().userSpace()).isEqualTo("*");
        assertThatThrownBy(() -> key.accountOf("vault"))
                .hasMessage("account: \"vault\" (expected: one of the accounts that the write key is for)");
    }

    @Test
    void ofAProductSpeakForWhoHasItNow() throws UnusableException {
        // Given
        Map<String, Product> bought = new HashMap<>(Map.of("harbor", Product.CODY));
        told.put(
                "k3v9q2m8xa",
                HandedOutKey.of(
                        facts(WriteKeyScope.of(Product.CODY), null, null, secret(OLD, null)),
                        (account, product) -> bought.get(account) == product));
        WriteKey key = keys.find(OLD).orElseThrow();
        assertThat(key.accountOf("harbor")).isEqualTo("harbor");
        assertThat(key.accountOf(null)).isNull();
        assertThat(key.speaksForEveryAccount()).isFalse();
        assertThat(key.isForManyAccounts()).isTrue();
        assertThat(key.userSpace()).isEqualTo("product cody");
        // When
        bought.put("harbor", Product.CODE_SEARCH);
        // Then
        assertThatThrownBy(() -> key.accountOf("harbor"))
                .hasMessage(
                        "account: \"harbor\" (expected: an account with the product cody, for which the write key is)");
    }

    @Test
    void areBlottedInWhatIsKept() {
        // Given
        byte[] body =
                ("x{\"writeKey\":\"" + OLD + "\",\"name\":\"sc_k3v9q2m8x\",\"also\":\"" + NEW + "\"}").getBytes(UTF_8);
        // When
        ByteBuffer kept = WriteKey.blotted(ByteBuffer.wrap(body, 1, body.length - 1));
        // Then
        String stars = "*".repeat(32);
        assertThat(UTF_8.decode(kept).toString())
                .isEqualTo("{\"writeKey\":\"sc_k3v9q2m8xa_" + stars
                        + "\",\"name\":\"sc_k3v9q2m8x\",\"also\":\"sc_k3v9q2m8xa_" + stars + "\"}");
        assertThat(new String(body, UTF_8)).contains(OLD);
    }

    private void tell(
            List<String> accounts, @Nullable Integer limit, @Nullable Instant revokedAt, WriteKeySecret... secrets) {
        told.put("k3v9q2m8xa", HandedOutKey.of(facts(WriteKeyScope.of(accounts), limit, revokedAt, secrets), (a, p) -> {
            throw new AssertionError("nobody's products matter");
        }));
    }

    private static WriteKeyFacts facts(
            WriteKeyScope scope, @Nullable Integer limit, @Nullable Instant revokedAt, WriteKeySecret... secrets) {
        return new WriteKeyFacts("k3v9q2m8xa", "Harbor", scope, List.of(secrets), limit, revokedAt);
    }

    private static String text(char of) {
        return "sc_k3v9q2m8xa_" + String.valueOf(of).repeat(32);
    }

    private static WriteKeySecret secret(String text, @Nullable Instant until) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return new WriteKeySecret(HexFormat.of().formatHex(hash), until);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
