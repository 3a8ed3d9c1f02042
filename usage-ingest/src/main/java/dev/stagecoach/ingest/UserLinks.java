package dev.stagecoach.ingest;

import dev.stagecoach.events.UserLinked;
import dev.stagecoach.ingest.field.UnusableException;
import dev.stagecoach.ingest.key.WriteKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * To which accounts users belong, for events that come with a key for many accounts and name none. Never guessed: a user of
 * several accounts has to say which.
 *
 * <p>Users are looked up under a pseudonym of their own, since the one in usage depends on the account. The same id under keys of
 * different {@linkplain WriteKey#userSpace() user spaces} is somebody else.
 */
@Singleton
class UserLinks {
    /** No account id begins with a control character, so that these are no pseudonyms of usage. */
    private static final char NO_ACCOUNT = '\u0001';

    private final UserAccounts accounts;
    private final Pseudonyms pseudonyms;

    UserLinks(UserAccounts accounts, Pseudonyms pseudonyms) {
        this.accounts = accounts;
        this.pseudonyms = pseudonyms;
    }

    /**
     * The account of a user.
     *
     * @throws UnusableException when there is not exactly one for which the key speaks
     * @throws RefusedException while that is not known yet
     */
    String accountOf(WriteKey key, String user, Instant now) throws UnusableException {
        Set<String> found = accountsOf(key, user, now);
        if (found.isEmpty()) {
            throw new UnusableException(
                    "groupId: missing (expected: context.groupId, since this write key speaks for many "
                            + "accounts; or before, a group call that names the account of this user)");
        }
        if (found.size() > 1) {
            throw new UnusableException("groupId: missing, and this user belongs to " + found.size()
                    + " accounts (expected: context.groupId)");
        }
        return found.iterator().next();
    }

    /** Those for which the key speaks. */
    Set<String> accountsOf(WriteKey key, String user, Instant now) {
        if (!accounts.isComplete()) {
            throw new RefusedException(
                    Refusal.NOT_READY, "still reading which user belongs to which account; send it again");
        }
        return accounts.of(pseudonym(key, user), now).stream()
                .filter(key::speaksFor)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What has to be recorded, so that other replicas know it too. */
    Optional<UserLinked> link(WriteKey key, String user, String account, Instant now) {
        String pseudonym = pseudonym(key, user);
        return accounts.link(pseudonym, account, now)
                ? Optional.of(new UserLinked(account, pseudonym, now))
                : Optional.empty();
    }

    /** After it could not be recorded. */
    void forget(UserLinked link) {
        accounts.unlink(link.user(), link.account());
    }

    private String pseudonym(WriteKey key, String user) {
        return pseudonyms.of(NO_ACCOUNT + key.userSpace(), user);
    }
}
