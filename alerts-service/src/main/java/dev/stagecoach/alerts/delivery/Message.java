package dev.stagecoach.alerts.delivery;

import dev.stagecoach.events.AlertRaised;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is posted to the chat at once. */
public sealed interface Message {
    /** The place it goes to. */
    String place();

    /** How often it was tried before. */
    int attempts();

    /** The accounts' alerts that it carries. */
    int alerts();

    /**
     * One alert.
     *
     * @param topic the topic that carries the same alert
     * @param thread the message it answers; null when it starts a thread, or when the place has none
     * @param broadcast whether the whole channel sees it although it is an answer
     */
    record Single(
            String place,
            String topic,
            AlertRaised alert,
            @Nullable String thread,
            boolean broadcast,
            int attempts) implements Message {
        @Override
        public int alerts() {
            return 1;
        }
    }

    /**
     * Many alerts, by account.
     *
     * @param left how many wait that are not in it
     */
    record Digest(String place, List<AccountAlerts> accounts, int left, int attempts) implements Message {
        public Digest {
            accounts = List.copyOf(accounts);
        }

        @Override
        public int alerts() {
            return accounts.stream()
                    .mapToInt(account -> account.alerts().size())
                    .sum();
        }
    }

    /**
     * What an owner of accounts is told once a week.
     *
     * @param digest what it says
     */
    record Weekly(String place, dev.stagecoach.alerts.digest.Digest digest, int attempts) implements Message {
        @Override
        public int alerts() {
            return 0;
        }
    }
}
