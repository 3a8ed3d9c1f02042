package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For whom a write key speaks. One of the two is there.
 *
 * @param accounts one account, or a named set
 * @param product all accounts whose facts list it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WriteKeyScope(
        @Nullable List<String> accounts, @Nullable Product product) {
    public WriteKeyScope {
        if ((accounts == null) == (product == null)) {
            throw new IllegalArgumentException("scope: " + (product == null ? "neither accounts nor a product" : "both")
                    + " (expected: accounts, or a product)");
        }
        if (accounts != null) {
            accounts = List.copyOf(accounts);
            if (accounts.isEmpty()) {
                throw new IllegalArgumentException("scope.accounts: none (expected: at least one)");
            }
            accounts.forEach(account -> Checks.notBlank("scope.accounts[]", account));
        }
    }

    public static WriteKeyScope of(List<String> accounts) {
        return new WriteKeyScope(accounts, null);
    }

    public static WriteKeyScope of(Product product) {
        return new WriteKeyScope(null, product);
    }
}
