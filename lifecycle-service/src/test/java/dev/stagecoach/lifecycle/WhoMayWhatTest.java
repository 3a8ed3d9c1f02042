package dev.stagecoach.lifecycle;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.stagecoach.testing.SignedToken;
import dev.stagecoach.testing.StagecoachPlatform;
import dev.stagecoach.testing.api.AccessTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People and programs that sign in elsewhere, and what they may do here. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class WhoMayWhatTest {
    private static final AccessTable TABLE = AccessTable.parse("""
            GET    /v1/accounts                      viewer
            GET    /v1/accounts/{account}            viewer
            GET    /v1/accounts/{account}/health     viewer
            GET    /v1/accounts/{account}/history    viewer
            GET    /v1/accounts/{account}/why        viewer
            GET    /v1/forecast                      viewer
            GET    /v1/policy                        viewer
            GET    /v1/policy/versions               viewer
            GET    /v1/policy/versions/{version}     viewer
            GET    /v1/instances                     viewer
            PUT    /v1/accounts/{account}            success
            PUT    /v1/accounts/{account}/contacts   success
            PUT    /v1/accounts/{account}/signals    success
            PUT    /v1/accounts/{account}/stage      success
            DELETE /v1/accounts/{account}/stage      success
            POST   /v1/accounts/{account}/renewal    success
            POST   /v1/accounts/{account}/extension  success
            POST   /v1/accounts/{account}/churn      success
            DELETE /v1/accounts/{account}/churn      success
            POST   /v1/accounts/import               operator
            POST   /v1/write-keys                    operator
            GET    /v1/write-keys                    operator
            GET    /v1/write-keys/{id}               operator
            POST   /v1/write-keys/{id}/rotate        operator
            DELETE /v1/write-keys/{id}               operator
            """);

    @TestHTTPResource("/")
    URI service;

    @Test
    void everyRouteAsksForItsRole() {
        TABLE.check(
                service,
                "dev.stagecoach.lifecycle",
                who -> who.equals("nobody")
                        ? Map.of()
                        : Map.of(
                                "Authorization",
                                "Bearer " + SignedToken.of("ana", who).serialized()));
    }

    private static RequestSpecification as(SignedToken token) {
        return given().auth().oauth2(token.serialized()).contentType(ContentType.JSON);
    }

    @Test
    void aTokenIsRefusedThatIsNotForThisServiceOrNotOfItsSignInServerOrExpiredOrNotSigned() {
        SignedToken good = SignedToken.of("ana", "viewer");

        as(good).get("/v1/accounts").then().statusCode(200);
        as(good.forAudience("another-program")).get("/v1/accounts").then().statusCode(401);
        as(good.from("https://elsewhere.example.com"))
                .get("/v1/accounts")
                .then()
                .statusCode(401);
        as(good.expired())
                .get("/v1/accounts")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("invalid_token"))
                .body("detail", containsString("expired"));
        given().auth().oauth2(good.unsigned()).get("/v1/accounts").then().statusCode(401);
        as(SignedToken.of("ana", "somebody-else's-role"))
                .get("/v1/accounts")
                .then()
                .statusCode(403)
                .body("detail", equalTo("this needs the role viewer; who asks has no role of Stagecoach"));
    }

    @Test
    void peopleActInTheirOwnNameAndProgramsInThatOfOthers() {
        LocalDate closed = Years.begin();
        String term = "{'name': 'X', 'segment': 'digital', 'contractClosedOn': '%s', 'renewsOn': '%s'}"
                .formatted(closed, closed.plusYears(1))
                .replace('\'', '"');
        String next = "{%s\"seats\": 8, \"renewsOn\": \"" + closed.plusYears(2) + "\"}";
        String later = "{%s\"seats\": 9, \"renewsOn\": \"" + closed.plusYears(3) + "\"}";
        SignedToken ana = SignedToken.of("ana", "success");
        as(ana).body(term).put("/v1/accounts/signed").then().statusCode(201);

        // When
        as(ana).body(next.formatted(""))
                .post("/v1/accounts/signed/renewal")
                .then()
                // Then
                .statusCode(200)
                .body("changedBy.author", equalTo("ana"));
        as(ana).body(later.formatted("\"author\": \"ben\", "))
                .post("/v1/accounts/signed/renewal")
                .then()
                .statusCode(403)
                .body("detail", containsString("author: ben (expected: ana"));
        as(ana).delete("/v1/accounts/signed/churn?author=ben").then().statusCode(403);
        SignedToken crm = SignedToken.of("service-account-crm", "success", "program");
        as(crm).body(later.formatted(""))
                .post("/v1/accounts/signed/renewal")
                .then()
                .statusCode(400)
                .body("detail", containsString("author: missing"));
        as(crm).body(later.formatted("\"author\": \"ben\", "))
                .post("/v1/accounts/signed/renewal")
                .then()
                .statusCode(200)
                .body("changedBy.author", equalTo("ben"));
    }
}
