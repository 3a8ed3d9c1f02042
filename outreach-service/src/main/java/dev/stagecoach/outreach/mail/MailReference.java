package dev.stagecoach.outreach.mail;

import dev.stagecoach.outreach.delivery.Delivery;

/** Which mail a link came from. Holds no address: links are kept in logs and histories. */
public record MailReference(String account, String campaign, String occurrence, String step, String contact) {
    public static MailReference of(Delivery delivery, String contact) {
        return new MailReference(
                delivery.account(), delivery.campaign(), delivery.occurrence(), delivery.step(), contact);
    }
}
