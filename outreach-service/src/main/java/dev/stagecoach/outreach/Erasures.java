package dev.stagecoach.outreach;

import java.util.List;

/** People who want to be forgotten: their addresses, and what they wrote. Opt-outs hold on, by a hash. */
public interface Erasures {

    /** The accounts that have a contact with this address, which has to be told away first. */
    List<String> accountsWith(String address);

    /**
     * Forgets an address. To do it again changes nothing.
     *
     * @param address in lower case, as mails go to it
     * @param by who wants it, by name or address
     */
    Erased erase(String address, String by);

    /** A contact that the person was. */
    record Known(String account, String contact) {}

    /**
     * What was forgotten.
     *
     * @param contacts as whom the person got mails
     * @param mails of the ledger, which stay in it without the address
     * @param answers to these mails whose words were forgotten
     * @param bounces from the address
     * @param deadLetters with the address, which are gone
     */
    record Erased(List<Known> contacts, int mails, int answers, int bounces, int deadLetters) {}
}
