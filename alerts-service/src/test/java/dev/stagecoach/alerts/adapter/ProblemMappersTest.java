package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Which errors real outages make is in the test of lifecycle-service, OutageTest. */
class ProblemMappersTest {
    private final ProblemMappers mappers = new ProblemMappers();

    @Test
    void whileTheDatabaseIsAwayWhoAsksIsToldWhenToComeBack() {
        // When
        Response answer = mappers.failed(new IllegalStateException(
                new SQLException("terminating connection due to administrator command", "57P01")));

        // Then
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getMediaType()).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
        assertThat(((Problem) answer.getEntity()).detail()).contains("database", "ask again");
    }

    @Test
    void whatFailsHereDoesNotPassByItself() {
        // When
        Response answer = mappers.failed(
                new IllegalStateException(new SQLException("relation \"alerts\" does not exist", "42P01")));

        // Then
        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getHeaders()).doesNotContainKey("Retry-After");
    }
}
