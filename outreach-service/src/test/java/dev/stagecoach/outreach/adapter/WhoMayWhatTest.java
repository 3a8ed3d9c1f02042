package dev.stagecoach.outreach.adapter;

import static org.hamcrest.Matchers.containsString;

import dev.stagecoach.testing.SignedToken;
import dev.stagecoach.testing.StagecoachPlatform;
import dev.stagecoach.testing.api.AccessTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People and programs that sign in elsewhere, and what they may do here. The links in mails are for whoever has the mail. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.DATABASE, value = "outreach"))
@QuarkusTestResource(SmtpGate.class)
class WhoMayWhatTest {
    private static final AccessTable TABLE = AccessTable.parse("""
            GET  /v1/messages                    viewer
            GET  /v1/messages/{id}               viewer
            GET  /v1/campaigns                   viewer
            GET  /v1/campaigns/{id}              viewer
            GET  /v1/campaigns/{id}/answers      viewer
            GET  /v1/campaigns/{id}/outcomes     viewer
            GET  /v1/approvals                   viewer
            POST /v1/messages/{id}/resolve       success
            POST /v1/campaigns/{id}/preview      success
            POST /v1/campaigns/{id}/test         success
            POST /v1/approvals/{target}/release  success
            POST /v1/approvals/{target}/reject   success
            POST /v1/bounces                     operator
            POST /v1/erasures                    operator
            GET  /survey/{token}                 public
            POST /survey/{token}                 public
            GET  /help/{token}                   public
            POST /help/{token}                   public
            GET  /training/{token}               public
            POST /training/{token}               public
            GET  /meeting/{token}                public
            POST /meeting/{token}                public
            GET  /unsubscribe/{token}            public
            POST /unsubscribe/{token}            public
            GET  /preferences/{token}            public
            POST /preferences/{token}            public
            """);

    @TestHTTPResource("/")
    URI service;

    @Test
    void everyRouteAsksForItsRole() {
        TABLE.check(
                service,
                "dev.stagecoach.outreach",
                who -> who.equals("nobody")
                        ? Map.of()
                        : Map.of(
                                "Authorization",
                                "Bearer " + SignedToken.of("ana", who).serialized()));
    }

    private static RequestSpecification as(SignedToken token) {
        return RestAssured.given().auth().oauth2(token.serialized()).contentType(ContentType.JSON);
    }

    @Test
    void aTokenForAnotherProgramIsRefused() {
        SignedToken good = SignedToken.of("ana", "viewer");

        as(good).get("/v1/campaigns").then().statusCode(200);
        as(good.forAudience("another-program")).get("/v1/campaigns").then().statusCode(401);
    }

    @Test
    void peopleDecideInTheirOwnNameAndProgramsInThatOfOthers() {
        SignedToken ana = SignedToken.of("ana", "success");

        as(ana).body("{\"by\": \"ben\", \"reason\": \"texts are fine\"}")
                .post("/v1/approvals/nothing/release")
                .then()
                .statusCode(403)
                .body("detail", containsString("by: ben (expected: ana"));
        as(ana).body("{\"reason\": \"texts are fine\"}")
                .post("/v1/approvals/nothing/release")
                .then()
                .statusCode(404);
        as(SignedToken.of("crm", "success", "program"))
                .body("{\"reason\": \"texts are fine\"}")
                .post("/v1/approvals/nothing/release")
                .then()
                .statusCode(400)
                .body("detail", containsString("by: missing"));
    }
}
