package dev.stagecoach.lifecycle.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy cannot be used; the message says where and why, for all mistakes at once. */
final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static PolicyException of(List<String> mistakes) {
        String count = mistakes.size() == 1 ? "a mistake" : mistakes.size() + " mistakes";
        return new PolicyException(
                "the policy has " + count + "; correct and start again:\n  " + String.join("\n  ", mistakes), null);
    }
}
