package dev.stagecoach.alerts.adapter;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The service as it comes: nothing configured. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "alerts")
        })
class ClosedPageTest {
    @Test
    void showsNothingUntilItIsSaidWhoMaySeeIt() {
        given().accept("text/html")
                .get("/")
                .then()
                .statusCode(401)
                .contentType("text/html")
                .body(containsString("QUARKUS_OIDC_AUTH_SERVER_URL"))
                .body(containsString("STAGECOACH_ALERTS_CONSOLE_LOCAL_USER=local"));
        given().get("/accounts/acme").then().statusCode(401);
        given().get("/alerts/stream").then().statusCode(401).contentType("application/problem+json");
    }

    @Test
    void acceptsNoToken() {
        given().header("Authorization", "Bearer ").get("/v1/alerts").then().statusCode(401);
        given().header("Authorization", "Bearer guess")
                .get("/v1/alerts")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }
}
