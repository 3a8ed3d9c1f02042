package dev.stagecoach.lifecycle.stage;

/** The clauses of the stage rules, by the names that decisions carry. */
public enum Clause {
    /** An open deal is far from its expected close. */
    CLOSE_FAR_AWAY("close-far-away"),
    CLOSE_NEAR("close-near"),
    STAYS_PROSPECT("stays-prospect"),
    CONTRACT_CLOSED("contract-closed"),
    /** A person recorded that the account left, whenever its term ends. */
    CHURN_RECORDED("churn-recorded"),
    TERM_ENDED("term-ended"),
    RENEWAL_NEAR("renewal-near"),
    TARGETS_MET("targets-met"),
    NURTURING_KEPT("nurturing-kept"),
    TARGETS_NOT_MET("targets-not-met"),
    /** What the facts say fits no rule, the close date of a customer is gone for instance: nothing changes. */
    FACTS_INCOMPLETE("facts-incomplete"),
    SET_BY_HAND("set-by-hand");

    private final String wireName;

    Clause(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
