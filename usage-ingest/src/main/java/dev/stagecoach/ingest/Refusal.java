package dev.stagecoach.ingest;

/** Why a request as a whole was not taken. */
public enum Refusal {
    /** The body is not what it should be; nothing in it can be told apart. */
    UNREADABLE,
    /** The write key is missing or unknown. */
    UNKNOWN_KEY,
    /** The write key does not speak for the account. */
    FOREIGN_ACCOUNT,
    /** A ping that is readable but says too little, or nonsense. */
    UNUSABLE,
    /** A ping for which nobody can say whose it is. */
    NO_ACCOUNT,
    TOO_LARGE,
    /** The key has sent more than it may in this time. */
    TOO_FAST,
    /** The body did not come in. */
    TOO_SLOW,
    /** Too much is being read at the moment. */
    BUSY,
    /** Not yet able to take usage: it would have to guess. */
    NOT_READY,
    /** The log did not confirm in time. The sender keeps it and sends it again. */
    NOT_STORED;

    /** Whether one ping is to blame, and nothing about the request. */
    public boolean isOfOnePing() {
        return this == UNUSABLE || this == FOREIGN_ACCOUNT || this == NO_ACCOUNT;
    }
}
