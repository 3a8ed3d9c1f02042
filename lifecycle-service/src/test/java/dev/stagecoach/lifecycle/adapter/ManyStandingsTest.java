package dev.stagecoach.lifecycle.adapter;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.Fixtures.Customer;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.testing.StagecoachPlatform;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The forecast of a large portfolio, each account with a ping a day over two months. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class ManyStandingsTest {
    private static final int ACCOUNTS = 10_000;
    /** Of no topic: the running service leaves it alone. */
    private static final int PARTITION = 97;

    private static final LocalDate TODAY = LocalDate.parse("2024-06-15");
    private static final LocalDate CLOSED = TODAY.minusDays(100);

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void aLargePortfolio() throws SQLException, JsonProcessingException {
        Journey journey = new Journey(
                Stage.ADOPTING,
                CLOSED.plusDays(60),
                Stage.ADOPTING,
                CLOSED,
                2,
                Journey.NONE.utilization(),
                Journey.NONE.usage(),
                true,
                Map.of(),
                HealthStanding.NONE,
                null);
        // Half of them come near their renewal within 90 days.
        insert("many-near-", CLOSED.plusDays(265), journey);
        insert("many-far-", CLOSED.plusDays(800), journey);
        execute("insert into partition_clock values (" + PARTITION + ", '" + TODAY + "T17:00:00Z')");
        execute(
                "insert into instance (account, instance, production, version, first_ping_at, last_ping_at, rolling_month)"
                        + " select account, 'i1', true, '5.1.0', '" + CLOSED + "T12:00:00Z', '" + TODAY
                        + "T12:00:00Z', 40 from journey where account like 'many-%'");
        execute("insert into ping_day select account, 'i1', day::date, 20 from journey, generate_series('"
                + TODAY.minusDays(60) + "'::date, '" + TODAY.minusDays(1)
                + "'::date, '1 day') as day where account like 'many-%'");
        execute("insert into ping_month select account, 'i1', '2024-05-01', 90, '2024-05-31T12:00:00Z' from journey"
                + " where account like 'many-%'");
        execute("analyze");
    }

    @AfterEach
    void asBefore() throws SQLException {
        for (String table : new String[] {"journey", "instance", "ping_day", "ping_month"}) {
            execute("delete from " + table + " where account like 'many-%'");
        }
        execute("delete from partition_clock where partition = " + PARTITION);
    }

    @Test
    void oneAnswerForecastsTenThousandAccounts() {
        // When
        JsonPath forecast = given().header("Authorization", "Bearer test")
                .get("/v1/forecast?days=90&after=many-&limit=" + ACCOUNTS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        // Then
        assertThat(forecast.getInt("lookedAt")).isEqualTo(ACCOUNTS);
        assertThat(forecast.getList("accounts.account"))
                .hasSize(ACCOUNTS / 2)
                .allMatch(account -> account.toString().startsWith("many-near-"));
        assertThat(forecast.getString("accounts[0].changes[0].from")).isEqualTo("Adopting");
        assertThat(forecast.getString("accounts[0].changes[0].to")).isEqualTo("Renewing");
        assertThat(forecast.getString("accounts[0].changes[0].on"))
                .isEqualTo(CLOSED.plusDays(265 - 120).toString());
    }

    private void insert(String prefix, LocalDate renewsOn, Journey journey)
            throws SQLException, JsonProcessingException {
        String facts = new String(
                EventCodec.value(Customer.customer()
                        .named("NAME")
                        .closedOn(CLOSED)
                        .renewsOn(renewsOn)
                        .facts()),
                UTF_8);
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into journey (account, partition, facts, stage, state)
                        select ? || n, ?, replace(?, 'NAME', ? || n)::jsonb, 'Adopting', ?::jsonb
                        from generate_series(1, ?) as n
                        """)) {
            insert.setString(1, prefix);
            insert.setInt(2, PARTITION);
            insert.setString(3, facts);
            insert.setString(4, prefix);
            insert.setString(5, EventCodec.json().writeValueAsString(journey));
            insert.setInt(6, ACCOUNTS / 2);
            insert.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
