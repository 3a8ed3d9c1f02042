package dev.stagecoach.outreach;

import dev.stagecoach.outreach.bounce.Bounce;
import java.util.Collection;
import java.util.Optional;

/** Takes in that a mail came back ({@code docs/rules.md}, e-mail programme). */
public final class ReceiveBounce {
    private final EnvelopeSenders envelopeSenders;
    private final Bounces bounces;

    public ReceiveBounce(EnvelopeSenders envelopeSenders, Bounces bounces) {
        this.envelopeSenders = envelopeSenders;
        this.bounces = bounces;
    }

    /**
     * Takes in a report that came to one of these addresses. Only one that was made here names a mail, so that nobody can make up
     * that a mail bounced.
     *
     * @return whether it was about a mail of ours
     */
    public boolean reported(Collection<String> addresses, Bounce bounce) {
        Optional<String> delivery = addresses.stream()
                .flatMap(address -> envelopeSenders.delivery(address).stream())
                .findFirst();
        return delivery.isPresent() && bounces.record(delivery.get(), bounce);
    }

    /**
     * Takes in what a program that is trusted says.
     *
     * @param messageId with or without angle brackets
     * @return whether there is such a mail
     */
    public boolean told(String messageId, Bounce bounce) {
        String id = messageId.strip().replaceAll("[<>]", "");
        int at = id.indexOf('@');
        return bounces.record(at < 0 ? id : id.substring(0, at), bounce);
    }
}
