package dev.stagecoach.events;

import java.time.ZoneId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A person at an account. Personal data: nothing but the {@code contacts} topic and outreach-service may hold it.
 *
 * @param timezone null: the account's
 * @param language what the person likes to read, as a BCP 47 tag, {@code de} or {@code pt-BR} for instance; null: not known
 */
public record Contact(
        String id,
        String name,
        String email,
        Set<Role> roles,
        @Nullable ZoneId timezone,
        @Nullable String language) {
    public Contact {
        Checks.notBlank("contacts[].id", id);
        Checks.notBlank("contacts[].name", name);
        Checks.notBlank("contacts[].email", email);
        roles = roles == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(roles));
        language = language == null ? null : Checks.languageTag("contacts[].language", language);
    }

    /** A person whose language is not known. */
    public Contact(String id, String name, String email, Set<Role> roles, @Nullable ZoneId timezone) {
        this(id, name, email, roles, timezone, null);
    }
}
