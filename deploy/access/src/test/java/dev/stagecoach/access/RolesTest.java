package dev.stagecoach.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.RolesAllowed;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolesTest {
    @Test
    void eachRoleIncludesThoseBeforeIt() {
        assertThat(Roles.withIncluded(Set.of("viewer"))).containsExactlyInAnyOrder("viewer");
        assertThat(Roles.withIncluded(Set.of("success"))).containsExactlyInAnyOrder("viewer", "success");
        assertThat(Roles.withIncluded(Set.of("operator"))).containsExactlyInAnyOrder("viewer", "success", "operator");
        assertThat(Roles.withIncluded(Set.of("viewer", "operator")))
                .containsExactlyInAnyOrder("viewer", "success", "operator");
    }

    @Test
    void whatIsNoneOfThemIncludesNothing() {
        assertThat(Roles.withIncluded(Set.of("offline_access", "program")))
                .containsExactlyInAnyOrder("offline_access", "program");
        assertThat(Roles.withIncluded(Set.of())).isEmpty();
    }

    @RolesAllowed(Roles.VIEWER)
    interface Resource {
        @RolesAllowed(Roles.OPERATOR)
        void restart();

        void look();
    }

    @Test
    void aRefusalSaysWhichRoleIsMissing() throws NoSuchMethodException {
        var restart = Resource.class.getDeclaredMethod("restart");
        var look = Resource.class.getDeclaredMethod("look");

        assertThat(ApiRequest.notAllowed(restart, Set.of("viewer", "success")))
                .isEqualTo("this needs the role operator; who asks has the role success");
        assertThat(ApiRequest.notAllowed(look, Set.of("program")))
                .isEqualTo("this needs the role viewer; who asks has no role of Stagecoach");
        assertThat(ApiRequest.notAllowed(Object.class.getDeclaredMethod("hashCode"), Set.of("operator")))
                .isEqualTo("this is open to nobody");
    }
}
