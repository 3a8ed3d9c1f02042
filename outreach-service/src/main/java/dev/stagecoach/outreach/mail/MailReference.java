package dev.stagecoach.outreach.mail;

import dev.stagecoach.outreach.delivery.Delivery;

/** Which mail a link came from. Holds no address: links are kept in logs and histories. */
public record MailReference(String account, String campaign, String occurrence, String step, String contact) {
    public static MailReference of(Delivery delivery, String contact) {
        return new MailReference(
                delivery.account(), delivery.campaign(), delivery.occurrence(), delivery.step(), contact);
    }

    /**
     * The same from the occurrence's key, which names campaign and account.
     *
     * @throws IllegalArgumentException for what is no such key
     */
    public static MailReference of(String occurrence, String step, String contact) {
        int first = occurrence.indexOf('/');
        int second = occurrence.indexOf('/', first + 1);
        if (first < 1 || second < 0) {
            throw new IllegalArgumentException("occurrence: " + occurrence + " (expected: campaign/account/start)");
        }
        return new MailReference(
                occurrence.substring(first + 1, second), occurrence.substring(0, first), occurrence, step, contact);
    }
}
