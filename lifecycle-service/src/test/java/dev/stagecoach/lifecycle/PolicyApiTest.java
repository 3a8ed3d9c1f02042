package dev.stagecoach.lifecycle;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasLength;

import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The policy by which decisions were made can be looked up by its version. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class PolicyApiTest {
    @Inject
    Policy policy;

    @Test
    void thePolicyInForceIsServedWithItsVersion() {
        // When
        get("/v1/policy")
                // Then
                .statusCode(200)
                .body("version", hasLength(12))
                .body("version", equalTo(policy.version()))
                .body("inForce", equalTo(true))
                .body("policy.defaults.stages.renewingDays", equalTo(120))
                .body("policy.defaults.usage.month", equalTo("last-closed-month"))
                .body("policy.segments", equalTo(Map.of()));
    }

    @Test
    void aVersionIsServedForAsLongAsThereAreDecisions() {
        // When
        get("/v1/policy/versions/" + policy.version())
                // Then
                .statusCode(200)
                .body("policy.defaults.milestones.firstUseHorizonDays", equalTo(7))
                .body("policy.defaults.milestones.mostFirstUses", equalTo(500));
    }

    @Test
    void allVersionsThatEverWereAreListedTheLatestFirst() {
        // When
        get("/v1/policy/versions")
                // Then
                .statusCode(200)
                .body("[0].version", equalTo(policy.version()))
                .body("[0].inForce", equalTo(true))
                .body("findAll { it.inForce }.size()", equalTo(1));
    }

    @Test
    void aVersionThatNeverWasIsAProblem() {
        // When
        get("/v1/policy/versions/abc")
                // Then
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("there never was a policy abc here"));
    }

    private static ValidatableResponse get(String path) {
        return given().header("Authorization", "Bearer test").get(path).then();
    }
}
