package dev.stagecoach.alerts.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BalanceTest {
    @Test
    void addsUpWhenEveryMailIsInOneState() {
        // Given
        Balance balance = new Balance(21, 1, 2, 3, 4, 5, 6);

        // Then
        assertThat(balance.missing()).isZero();
        assertThat(balance.isEven()).isTrue();
    }

    @Test
    void saysHowManyAreMissing() {
        assertThat(new Balance(10, 4, 3, 0, 0, 0, 1).missing()).isEqualTo(2);
    }

    @Test
    void saysWhenThereAreMoreThanWereDecidedOn() {
        // Given
        Balance balance = new Balance(1, 2, 0, 0, 0, 0, 0);

        // Then
        assertThat(balance.missing()).isEqualTo(-1);
        assertThat(balance.isEven()).isFalse();
    }

    @Test
    void ofSeveralCampaignsHidesNoneThatIsUneven() {
        // Given
        Balance even = new Balance(3, 3, 0, 0, 0, 0, 0);
        Balance uneven = new Balance(3, 1, 0, 0, 0, 1, 0);

        // Then
        assertThat(even.plus(uneven)).isEqualTo(new Balance(6, 4, 0, 0, 0, 1, 0));
        assertThat(even.plus(uneven).missing()).isEqualTo(1);
    }
}
