package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.alerts.PostMessages;
import dev.stagecoach.alerts.PostWeekly;
import dev.stagecoach.alerts.adapter.SlackPlaces.Bot;
import dev.stagecoach.alerts.adapter.StrictSlack.Post;
import dev.stagecoach.alerts.delivery.Burst;
import dev.stagecoach.alerts.delivery.Pace;
import dev.stagecoach.alerts.delivery.Place;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.SharedPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiting alerts on a real database, and a Slack that insists on its rate. */
class SlackSendingTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Pattern DIGEST = Pattern.compile("(\\d+) alerts? of (\\d+) accounts?");

    private static PlainDatabase database;
    private static Bench bench;

    private StrictSlack slack = new StrictSlack(SHORT);
    private final ApacheHttp http = ApacheHttp.anywhere(SystemDefaultDnsResolver.INSTANCE, Duration.ofSeconds(5));
    private final List<Sender> senders = new ArrayList<>();

    @BeforeAll
    static void prepare() {
        Platform platform = SharedPlatform.with(Set.of(Part.POSTGRES));
        database = new PlainDatabase(platform, "slack");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/exactlyonce", "classpath:db/migration")
                .load()
                .migrate();
        bench = new Bench(platform, database.name());
    }

    @BeforeEach
    void empty() {
        bench.execute("truncate alert, delivery, channel_pace, chat_thread, digest, digest_delivery cascade");
    }

    @AfterEach
    void end() {
        senders.forEach(Sender::end);
        http.close();
        senders.forEach(Sender::close);
        slack.close();
    }

    @Test
    void tenThousandAlertsBecomeDigestsWithinSlacksRate() {
        // Given
        slack.close();
        slack = new StrictSlack(SECOND);
        raise(250, 40, "stage-changed");
        slack.busyFor("/hook", Duration.ofSeconds(2));

        // When
        startSenders(2, webhook(), SECOND);
        await().atMost(Duration.ofMinutes(2)).until(() -> waiting() == 0);

        // Then
        List<Post> posts = slack.all();
        assertThat(posts.get(0).status()).isEqualTo(429);
        assertThat(posts.subList(1, posts.size())).extracting(Post::status).containsOnly(200);
        assertThat(Duration.ofNanos(posts.get(1).atNanos() - posts.get(0).atNanos()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(slack.accepted().stream().mapToInt(SlackSendingTest::told).sum())
                .isEqualTo(10_000);
        assertThat(bench.count("select count(*) from delivery where state = 'sent'"))
                .isEqualTo(10_000);
        assertThat(bench.count("select count(distinct message) from delivery"))
                .isEqualTo(slack.accepted().size());
    }

    @Test
    void twoSendersPostEachAlertOnce() {
        // Given
        raise(4, 1, "stage-changed");

        // When
        startSenders(2, webhook());
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);

        // Then
        assertThat(slack.all())
                .extracting(Post::text)
                .containsExactly("Account 1 tells 1", "Account 2 tells 1", "Account 3 tells 1", "Account 4 tells 1");
        assertThat(slack.all()).extracting(Post::status).containsOnly(200);
    }

    @Test
    void aBotAnswersInTheThreadOfTheAccountAndBroadcastsWhatIsUrgent() {
        // Given
        raise(1, 1, "stage-changed");
        raise(2, 1, "churn");

        // When
        startSenders(1, bot());
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);

        // Then
        List<Post> posts = slack.accepted();
        assertThat(posts)
                .extracting(post -> post.body().path("thread_ts").asText("none"))
                .containsExactly("none", "1.000100", "none");
        assertThat(posts)
                .extracting(post -> post.body().path("reply_broadcast").asBoolean())
                .containsExactly(false, true, false);
        assertThat(posts).extracting(Post::place).containsOnly("C123");
        assertThat(posts).extracting(Post::authorization).containsOnly("Bearer xoxb-test");
    }

    @Test
    void aThreadThatIsGoneIsStartedAnew() {
        // Given
        raise(1, 1, "stage-changed");
        bench.execute("insert into chat_thread (place, account, message) values ('usage', 'account-1', '0.1')");
        slack.failWith("thread_not_found");

        // When
        startSenders(1, bot());
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);

        // Then
        assertThat(slack.all())
                .extracting(post -> post.body().path("thread_ts").asText("none"))
                .containsExactly("0.1", "none");
        assertThat(bench.count("select count(*) from chat_thread where message = '1.000100'"))
                .isEqualTo(1);
    }

    @Test
    void aRevokedTokenIsShownAndLosesNothing() {
        // Given
        raise(1, 1, "stage-changed");
        slack.failWith("token_revoked", "internal_error");

        // When
        startSenders(1, bot());

        // Then
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bench.count(
                                "select count(*) from channel_pace where problem = 'token_revoked: the bot''s token was revoked: make a new one' and problem_since is not null")
                        == 1);
        await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 0);
        assertThat(bench.count("select count(*) from delivery where state = 'sent'"))
                .isEqualTo(1);
        assertThat(bench.count("select count(*) from channel_pace where problem is null"))
                .isEqualTo(1);
    }

    @Test
    void oneMessageThatSlackRefusesHoldsUpNoOther() {
        // Given
        raise(2, 1, "stage-changed");
        slack.failWith("invalid_blocks");

        // When
        startSenders(1, bot());
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);

        // Then
        assertThat(bench.count(
                        "select count(*) from delivery where state = 'failed' and last_error = 'invalid_blocks'"))
                .isEqualTo(1);
        assertThat(bench.count("select count(*) from delivery where state = 'sent'"))
                .isEqualTo(1);
    }

    @Test
    void weeklyDigestsGoToTheirOwnersAndKeepTheRateOfTheChannel() {
        // Given
        write("ana", 3);
        write("ben", 500);
        raise(2, 1, "stage-changed");
        SlackPlaces places = new SlackPlaces(
                List.of(place(true)),
                Map.of(),
                new Bot(slack.address("/api/chat.postMessage"), "xoxb-test", Map.of("usage", "C123")),
                Map.of("ana", new Place("U456", List.of(), false)),
                place(true));
        slack.failWith("internal_error");

        // When
        startSenders(2, places);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(slack.accepted()).hasSize(4));

        // Then
        List<Post> posts = slack.accepted();
        assertThat(posts).filteredOn(post -> post.place().equals("U456")).hasSize(1);
        assertThat(posts).filteredOn(post -> post.place().equals("C123")).hasSize(3);
        assertThat(posts)
                .filteredOn(post -> post.text().startsWith("Weekly digest"))
                .extracting(Post::text)
                .containsExactlyInAnyOrder(
                        "Weekly digest for ana, Monday 2 March 2026", "Weekly digest for ben, Monday 2 March 2026");
        assertThat(posts)
                .anyMatch(post ->
                        post.body().toString().contains("<https://console.example/a1|Account 1>: renews in 12 days"));
        assertThat(posts).anyMatch(post -> post.body().toString().matches(".*and \\d+ more.*"));
        assertThat(slack.all()).extracting(Post::status).containsOnly(200);
    }

    private static void write(String owner, int lines) {
        bench.execute("""
                with written as (
                    insert into digest (id, owner, date, at, content)
                    select '%1$s', '%1$s', date '2026-03-02', timestamptz '2026-03-02', jsonb_build_object(
                        'id', '%1$s', 'owner', '%1$s', 'date', '2026-03-02', 'from', '2026-02-23T08:00:00Z',
                        'to', '2026-03-02T08:00:00Z', 'sections', jsonb_build_array(jsonb_build_object(
                            'name', 'renewals', 'title', 'Renewals', 'lines', jsonb_agg(jsonb_build_object(
                                'account', 'a' || n, 'name', 'Account ' || n, 'text', 'renews in 12 days',
                                'link', 'https://console.example/a' || n)))))
                    from generate_series(1, %2$d) n
                    returning id)
                insert into digest_delivery (digest) select id from written
                """.formatted(owner, lines));
    }

    private SlackPlaces webhook() {
        return new SlackPlaces(List.of(place(false)), Map.of("usage", slack.address("/hook")), null);
    }

    private SlackPlaces bot() {
        return new SlackPlaces(
                List.of(place(true)),
                Map.of(),
                new Bot(slack.address("/api/chat.postMessage"), "xoxb-test", Map.of("usage", "C123")));
    }

    private static Place place(boolean threads) {
        return new Place("usage", List.of("usage"), threads);
    }

    private void startSenders(int replicas, SlackPlaces places) {
        startSenders(replicas, places, SHORT);
    }

    private void startSenders(int replicas, SlackPlaces places, Duration spacing) {
        for (int replica = 0; replica < replicas; replica++) {
            PostMessages postMessages = new PostMessages(
                    new JdbcDeliveries(database, Map.of("usage", Set.of(AlertKind.CHURN))),
                    new SlackChat(http, places),
                    new Pace(spacing, spacing, Duration.ofMillis(500), SECOND),
                    Burst.of(spacing.multipliedBy(5), spacing));
            if (places.takesWeeklyDigests()) {
                PostWeekly postWeekly = new PostWeekly(
                        new JdbcWeeklyDeliveries(database),
                        new SlackChat(http, places),
                        new Pace(spacing, spacing, Duration.ofMillis(500), SECOND),
                        places::ofOwner);
                senders.add(new Sender("chat-weekly", postWeekly::next));
            }
            places.all()
                    .forEach(place -> senders.add(new Sender("chat-" + place.name(), () -> postMessages.next(place))));
        }
        senders.forEach(Sender::start);
    }

    private void raise(int accounts, int each, String kind) {
        bench.execute("""
                with raised as (
                    insert into alert (id, account, kind, at, title, facts, topic, channel, audience, caused_by)
                    select '%1$s-' || a || '-' || n, 'account-' || a, '%1$s', timestamptz '2026-01-01', 'Account ' || a || ' tells ' || n,
                        jsonb_build_object('accountName', 'Account ' || a, 'link', 'https://console.example/accounts/account-' || a),
                        'alerts.customer-usage', '#usage', '{team}', 'event-1'
                    from generate_series(1, %3$d) n, generate_series(1, %2$d) a order by n, a
                    returning id)
                insert into delivery (alert, channel) select id, 'usage' from raised
                """.formatted(kind, accounts, each));
    }

    private long waiting() {
        return bench.count("select count(*) from delivery where state = 'waiting'");
    }

    private static int told(Post post) {
        Matcher digest = DIGEST.matcher(post.text());
        return digest.find() ? Integer.parseInt(digest.group(1)) : 1;
    }
}
