package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacEnvelopeSendersTest {
    private static final String DELIVERY = "0e2e7a34-5c2b-3c6e-9d5f-2f9a6f0f3c55";
    private static final String SECRET = "a secret of some length";
    private static final String BEFORE = "what was the secret before";

    private final HmacEnvelopeSenders senders = senders(SECRET);

    private static HmacEnvelopeSenders senders(String secret, String... previous) {
        return new HmacEnvelopeSenders(new LinkSecrets(secret, List.of(previous)), "Bounces.Example");
    }

    @Test
    void eachMailHasItsOwn() {
        String address = senders.of(DELIVERY);

        assertThat(address).startsWith("bounces+").endsWith("@bounces.example");
        assertThat(address.indexOf('@'))
                .as("a local part of 64 characters at most")
                .isLessThanOrEqualTo(64);
        assertThat(senders.delivery(address)).contains(DELIVERY);
    }

    @Test
    void serversMayChangeTheCase() {
        assertThat(senders.delivery(senders.of(DELIVERY).toUpperCase(Locale.ROOT)))
                .contains(DELIVERY);
    }

    @Test
    void nobodyCanMakeOneUp() {
        String address = senders.of(DELIVERY);
        String ofAnother = senders("another secret, as long").of(DELIVERY);

        assertThat(senders.delivery(ofAnother)).isEmpty();
        assertThat(senders.delivery(address.replace("0e2e", "0e2f"))).isEmpty();
        assertThat(senders.delivery(address.replace("@bounces", "@other"))).isEmpty();
    }

    @Test
    void ofAPreviousSecretAreReadAndNewOnesAreOfTheCurrent() {
        HmacEnvelopeSenders rotated = senders(SECRET, BEFORE);

        assertThat(rotated.delivery(senders(BEFORE).of(DELIVERY))).contains(DELIVERY);
        assertThat(rotated.of(DELIVERY)).isEqualTo(senders.of(DELIVERY));
        assertThat(senders.delivery(senders(BEFORE).of(DELIVERY))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "@", "bounces@bounces.example", "bounces+@bounces.example", "bounces+x.y@bounces.example"})
    void whatIsNoneNamesNoMail(String address) {
        assertThat(senders.delivery(address)).isEmpty();
    }
}
