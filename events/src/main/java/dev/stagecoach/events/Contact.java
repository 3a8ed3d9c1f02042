package dev.stagecoach.events;

import java.time.ZoneId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A person at an account. Personal data: nothing but the {@code contacts} topic and outreach-service may hold it. */
public record Contact(
        String id,
        String name,
        String email,
        Set<Role> roles,
        @Nullable ZoneId timezone) {
    public Contact {
        Checks.notBlank("contacts[].id", id);
        Checks.notBlank("contacts[].name", name);
        Checks.notBlank("contacts[].email", email);
        roles = roles == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(roles));
    }
}
