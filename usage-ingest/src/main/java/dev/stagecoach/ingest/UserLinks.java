package dev.stagecoach.ingest;

import dev.stagecoach.events.UserLinked;
import dev.stagecoach.ingest.field.UnusableException;
import dev.stagecoach.ingest.key.WriteKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    String accountOf(WriteKey key, String user, Instant now, Told told) throws UnusableException {
        Set<String> found = accountsOf(key, user, now, told);
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
    Set<String> accountsOf(WriteKey key, String user, Instant now, Told told) {
        if (!accounts.isComplete()) {
            throw new RefusedException(
                    Refusal.NOT_READY, "still reading which user belongs to which account; send it again");
        }
        String pseudonym = pseudonym(key, user);
        return Stream.concat(accounts.of(pseudonym, now).stream(), told.accountsOf(pseudonym))
                .filter(key::speaksFor)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Notes it for this request, and what has to be recorded, so that others know it too. */
    void link(WriteKey key, String user, String account, Instant now, Told told) {
        String pseudonym = pseudonym(key, user);
        if (accounts.isToBeTold(pseudonym, account, now)) {
            told.add(new UserLinked(account, pseudonym, now));
        }
    }

    /** After it was recorded: others are told only what is. */
    void recorded(Told told) {
        told.links.forEach(link -> accounts.tell(link.user(), link.account(), link.at()));
    }

    private String pseudonym(WriteKey key, String user) {
        return pseudonyms.of(NO_ACCOUNT + key.userSpace(), user);
    }

    /** What one request tells. It knows so itself, and nobody else until it is recorded. */
    static final class Told {
        private final Map<String, Set<String>> accounts = new HashMap<>();
        private final List<UserLinked> links = new ArrayList<>();

        List<UserLinked> links() {
            return links;
        }

        private void add(UserLinked link) {
            Set<String> ofUser = accounts.computeIfAbsent(link.user(), user -> new HashSet<>());
            if (ofUser.size() < UserAccounts.MOST_ACCOUNTS && ofUser.add(link.account())) {
                links.add(link);
            }
        }

        private Stream<String> accountsOf(String user) {
            return accounts.getOrDefault(user, Set.of()).stream();
        }
    }
}
