package dev.stagecoach.outreach;

import dev.stagecoach.outreach.delivery.DeliveryState;

/** What people decide about mails. Each call is a transaction of its own, and is kept with its author. */
public interface Verdicts {
    /**
     * Resolves a doubt: only a person can know whether an unknown mail arrived.
     *
     * @param verdict that it was sent, is to be sent again, or was not sent and is not to be
     * @return the state that it was in. Anything but unknown: nothing was changed
     * @throws UnknownDelivery when there is no such mail
     */
    DeliveryState resolve(String delivery, Verdict verdict);

    /**
     * Releases or rejects mails that wait for approval.
     *
     * @param target the key of an occurrence or the id of a campaign, then all of its occurrences
     * @return how many mails waited
     */
    int judge(String target, Verdict verdict);

    /** There is no such mail in the ledger. */
    final class UnknownDelivery extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnknownDelivery(String delivery) {
            super("message: " + delivery + " is not known here");
        }
    }
}
