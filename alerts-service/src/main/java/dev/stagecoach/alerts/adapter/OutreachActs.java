package dev.stagecoach.alerts.adapter;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people decide about mails, handed on to outreach-service. */
@ApplicationScoped
class OutreachActs {
    private static final Logger LOG = LoggerFactory.getLogger(OutreachActs.class);

    private final OutreachPeer peer;

    OutreachActs(OutreachPeer peer) {
        this.peer = peer;
    }

    /**
     * What came of an act.
     *
     * @param mails how many it was about; 0 when it was refused
     * @param refusal why nothing was done, or nobody knows whether it was; null when it was
     * @param status of HTTP that says the same
     */
    record Result(int mails, @Nullable String refusal, int status) {
        static Result refused(String why) {
            return new Result(0, why, 400);
        }

        boolean isDone() {
            return refusal == null;
        }
    }

    /** @param target the key of an occurrence, or the id of a campaign: all that waits of it */
    Result judge(String target, String verdict, OutreachApi.Judgement judgement) {
        return act(api -> api.judge(target, verdict, judgement).map(OutreachApi.Judged::mails));
    }

    Result resolve(String mail, OutreachApi.Resolution resolution) {
        return act(api -> api.resolve(mail, resolution).map(story -> 1));
    }

    Result test(String campaign, OutreachApi.Test test) {
        return act(api -> api.test(campaign, test).map(sent -> 1));
    }

    private Result act(Function<OutreachApi, Uni<Integer>> act) {
        try {
            return new Result(peer.act(act), null, 200);
        } catch (PeerRefusedException e) {
            return new Result(0, "outreach-service refused it: " + e.getMessage(), e.status());
        } catch (TimeoutException e) {
            LOG.warn("outreach-service did not answer in time", e);
            return new Result(
                    0,
                    "outreach-service took too long to answer. Whether it was done shows when you load this again.",
                    504);
        } catch (RuntimeException e) {
            LOG.warn("outreach-service did not answer", e);
            return new Result(
                    0,
                    isUnreached(e)
                            ? "outreach-service cannot be reached, so nothing was done. What you typed is kept here: try again."
                            : "outreach-service broke off. Whether it was done shows when you load this again.",
                    502);
        }
    }

    private static boolean isUnreached(Throwable failure) {
        return Optional.ofNullable(failure.getCause())
                .map(cause -> cause instanceof ConnectException || isUnreached(cause))
                .orElse(false);
    }
}
