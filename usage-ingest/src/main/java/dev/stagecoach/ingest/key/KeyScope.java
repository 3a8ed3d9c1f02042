package dev.stagecoach.ingest.key;

import dev.stagecoach.events.Product;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accounts in whose name a key may send usage. */
public sealed interface KeyScope {
    boolean includes(String account);

    /** The account when there is one only, whatever happens to accounts; else null. */
    default @Nullable String only() {
        return null;
    }

    /**
     * Within it, a user id is the same user.
     *
     * @param key the id of the key that has this scope
     */
    String userSpace(String key);

    /** For the sender: which account it may name. */
    String expected();

    /** All there are. */
    record EveryAccount() implements KeyScope {
        @Override
        public boolean includes(String account) {
            return true;
        }

        @Override
        public String userSpace(String key) {
            return "*";
        }

        @Override
        public String expected() {
            return "any account";
        }
    }

    /** One account, or a named set. */
    record NamedAccounts(Set<String> accounts) implements KeyScope {
        public NamedAccounts {
            accounts = Set.copyOf(accounts);
        }

        @Override
        public boolean includes(String account) {
            return accounts.contains(account);
        }

        @Override
        public @Nullable String only() {
            return accounts.size() == 1 ? accounts.iterator().next() : null;
        }

        @Override
        public String userSpace(String key) {
            return "key " + key;
        }

        @Override
        public String expected() {
            return accounts.size() == 1
                    ? "none, or the account that the write key belongs to"
                    : "one of the accounts that the write key is for";
        }
    }

    /** All whose facts list a product. */
    record AccountsOfProduct(Product product, Portfolio portfolio) implements KeyScope {
        @Override
        public boolean includes(String account) {
            return portfolio.lists(account, product);
        }

        @Override
        public String userSpace(String key) {
            return "product " + product.wireName();
        }

        @Override
        public String expected() {
            return "an account with the product " + product.wireName() + ", for which the write key is";
        }
    }
}
