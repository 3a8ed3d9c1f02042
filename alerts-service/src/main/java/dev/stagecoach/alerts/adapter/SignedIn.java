package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/**
 * Who looks at the console in this request. Templates that are rendered in a request read it as {@code inject:signedIn}; a
 * stream outlives its request, and asks before.
 */
@Named
@RequestScoped
@TemplateData
class SignedIn {
    private static final String LOCAL = "local";

    /** As whom this person acts. */
    public String name() {
        return LOCAL;
    }

    /** Whether this is the fixed user of a local stack, who is everybody on the machine. */
    public boolean isLocal() {
        return true;
    }

    /** Whether this person may act on alerts, contacts, mails and accounts: role success, or operator. */
    public boolean mayAct() {
        return true;
    }

    /** Whether this person may do what operators do: webhooks, policy, dead letters. Role operator. */
    public boolean mayOperate() {
        return true;
    }
}
