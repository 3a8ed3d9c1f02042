package dev.stagecoach.outreach.recipients;

import static dev.stagecoach.events.Role.CHAMPION;
import static dev.stagecoach.events.Role.END_USER;
import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code docs/rules.md}, e-mail programme: roles become people. */
class RecipientsTest {
    private static Contact contact(String id, String email, Role... roles) {
        return new Contact(id, id, email, Set.of(roles), null);
    }

    @Test
    void areThoseWhoHoldARoleOfTheAudience() {
        Recipients recipients = Recipients.of(
                Set.of(CHAMPION),
                List.of(contact("a", "a@x.example", CHAMPION), contact("b", "b@x.example", END_USER)));

        assertThat(recipients.people()).extracting(Person::address).containsExactly("a@x.example");
        assertThat(recipients.missing()).isEmpty();
    }

    @Test
    void areOnePersonForOneAddress() {
        Recipients recipients = Recipients.of(
                Set.of(CHAMPION, INSTANCE_ADMIN),
                List.of(contact("b", "A@X.example", CHAMPION), contact("a", "a@x.example", INSTANCE_ADMIN)));

        assertThat(recipients.people()).singleElement().satisfies(person -> {
            assertThat(person.contact().id()).isEqualTo("a");
            assertThat(person.contactIds()).containsExactlyInAnyOrder("a", "b");
        });
    }

    @Test
    void areReachedThroughTheContactThatHoldsTheRole() {
        Recipients recipients = Recipients.of(
                Set.of(CHAMPION),
                List.of(contact("a", "a@x.example", END_USER), contact("b", "a@x.example", CHAMPION)));

        assertThat(recipients.people())
                .extracting(person -> person.contact().id())
                .containsExactly("b");
    }

    @Test
    void leaveTheRolesThatNobodyHolds() {
        Recipients recipients =
                Recipients.of(Set.of(CHAMPION, INSTANCE_ADMIN), List.of(contact("a", "a@x.example", CHAMPION)));

        assertThat(recipients.missing()).containsExactly(INSTANCE_ADMIN);
    }
}
