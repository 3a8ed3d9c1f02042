package dev.stagecoach.alerts.adapter;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** What was done a moment ago, in the address that a form leads to. It holds no words: anybody can write an address. */
final class Done {
    @QueryParam("done")
    @Nullable String what;

    @QueryParam("mails")
    int mails;

    /** Null when nothing was done that is known. */
    @Nullable ActReport report() {
        String of = mails == 1 ? "1 mail" : mails + " mails";
        return switch (what == null ? "" : what) {
            case "release" ->
                ActReport.done("Released " + of + ". They go at their time, or at once where it has passed.");
            case "reject" -> ActReport.done("Rejected " + of + ". They are not sent; the reason is kept with them.");
            case "sent" -> ActReport.done("Marked as sent.");
            case "not-sent" -> ActReport.done("Marked as not sent. It counts as failed.");
            case "send-again" -> ActReport.done("It is sent again: planned, and handed over within moments.");
            case "test" ->
                ActReport.done(
                        "The mail server took the test. Look into your mailbox: its subject begins with [Test].");
            default -> null;
        };
    }
}
