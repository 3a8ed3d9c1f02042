package dev.stagecoach.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.platform.Mailbox;
import java.util.Map;

/** Ends doubts about mails as a person does: looks whether the mail server has the mail, and says so. */
final class Doubts {

    private final Api api;
    private final Mailbox mailbox;
    private int ended;

    Doubts(Api api, Mailbox mailbox) {
        this.api = api;
        this.mailbox = mailbox;
    }

    /** Ends those that there are now. Returns whether there were any. */
    boolean end() {
        var unknown = api.get(Service.OUTREACH, "/v1/messages?state=unknown&limit=500")
                .path("messages");
        unknown.forEach(this::end);
        return !unknown.isEmpty();
    }

    private void end(JsonNode mail) {
        if (!mail.hasNonNull("messageId")) {
            throw new Complaint(
                    "The mail " + mail.path("id").asText() + " is in doubt, and nothing tells its Message-ID.");
        }
        boolean arrived = SampleRun.received(mailbox)
                .containsKey(SampleRun.bare(mail.path("messageId").asText()));
        api.postOnce(
                Service.OUTREACH,
                "/v1/messages/" + mail.path("id").asText() + "/resolve",
                Map.of(
                        "as", arrived ? "sent" : "send-again",
                        "by", "chaos",
                        "reason", arrived ? "the mail server has it" : "the mail server does not have it"));
        ended++;
    }

    /** How many so far. */
    int ended() {
        return ended;
    }
}
