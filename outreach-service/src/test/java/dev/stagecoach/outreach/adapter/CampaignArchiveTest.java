package dev.stagecoach.outreach.adapter;

import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.CampaignRef;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** {@code docs/rules.md}, e-mail programme: versions. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.DATABASE, value = "outreach"))
@QuarkusTestResource(SmtpGate.class)
class CampaignArchiveTest {
    private static final String FILE = """
            # A comment.
            id: %s
            version: %d
            description: Says hello.
            kind: onboarding
            trigger:
              stage-entered: Onboarding
            segments: [digital]
            audience: [champion]
            horizon: P7D
            join-until:
              within: P3D
            stop-on: [Churned]
            priority: 3
            cap: counted
            steps:
              - step: day-0
                after: P0D
                subject: %s
                preheader: Good to have you.
                template: hello/day-0
            """;

    @InjectPlatform
    Platform platform;

    SmtpGate gate;

    @Inject
    DataSource database;

    private final String id = "hello-" + UUID.randomUUID();

    private static YamlCampaigns.Source source(String text) {
        return new YamlCampaigns.Source(
                "campaigns/hello.yaml", text, YamlCampaigns.parse("campaigns/hello.yaml", text));
    }

    private YamlCampaigns.Source version(int version, String subject) {
        return source(FILE.formatted(id, version, subject));
    }

    private static Map<String, String> template(String text) {
        return Map.of("hello/day-0.txt", text);
    }

    /** Somebody began with version 1. */
    private void begin() {
        Jdbc.inTransaction(database, transaction -> {
            Jdbc.update(transaction, "insert into account (id, partition) values (?, 0)", id);
            return Jdbc.update(transaction, """
                    insert into occurrence (key, account, campaign, series, version, occasion, triggered_at, opened_at, roles_judged)
                    values (?, ?, ?, ?, 1, 'x', now(), now(), true)
                    """, id, id, id, id);
        });
    }

    @Test
    void whatBeganOnAVersionGoesOnWithIt() {
        CampaignArchive archive = new CampaignArchive(database);
        archive.keep(version(1, "Welcome"), template("old words"));
        begin();
        archive.keep(version(2, "Hello"), template("new words"));

        Campaigns campaigns = new Campaigns(List.of(version(2, "Hello").campaign()), new CampaignArchive(database));
        PolicyFiles files = new PolicyFiles(Optional.empty(), new CampaignArchive(database)::template);

        Step old = campaigns
                .of(new CampaignRef(id, 1))
                .flatMap(found -> found.step("day-0"))
                .orElseThrow();
        assertThat(old.subject()).isEqualTo("Welcome");
        assertThat(files.template(old.template() + ".txt")).contains("old words");
        assertThat(campaigns
                        .of(new CampaignRef(id, 2))
                        .flatMap(found -> found.step("day-0"))
                        .map(Step::subject))
                .contains("Hello");
    }

    @Test
    void whatBeganGoesOnWhenItsCampaignIsNoMore() {
        new CampaignArchive(database).keep(version(1, "Welcome"), template("words"));

        Campaigns campaigns = new Campaigns(List.of(), new CampaignArchive(database));

        assertThat(campaigns.of(new CampaignRef(id, 1)).map(Campaign::version)).contains(1);
        assertThat(campaigns.of(new CampaignRef(id, 7))).isEmpty();
    }

    @Test
    void aVersionThatHasBegunIsNotChanged() {
        CampaignArchive archive = new CampaignArchive(database);
        archive.keep(version(1, "Welcome"), template("words"));
        begin();

        assertThatThrownBy(() -> archive.keep(version(1, "Hello"), template("words")))
                .hasMessageStartingWith("campaigns/hello.yaml:3: ")
                .hasMessageContaining("has begun once")
                .hasMessageContaining("expected: version 2");
        assertThatThrownBy(() -> archive.keep(version(1, "Welcome"), template("other words")))
                .hasMessageContaining("one of its templates");
    }

    @Test
    void aVersionThatNobodyHasBegunMayChange() {
        new CampaignArchive(database).keep(version(1, "Welcome"), template("words"));

        new CampaignArchive(database).keep(version(1, "Hello"), template("words"));

        assertThat(new CampaignArchive(database).find(new CampaignRef(id, 1)).flatMap(found -> found.step("day-0")))
                .map(Step::subject)
                .contains("Hello");
    }

    @Test
    void commentsAndDescriptionsAreNoChange() {
        CampaignArchive archive = new CampaignArchive(database);
        String text = FILE.formatted(id, 1, "Welcome");
        archive.keep(source(text), template("words"));
        begin();

        archive.keep(
                source(text.replace("A comment", "Another").replace("Says hello.", "Says good day.")),
                template("words"));

        assertThat(archive.find(new CampaignRef(id, 1))).isPresent();
    }

    @Test
    void anAccountInTheMiddleReadsTheOldWordsToTheEnd() {
        gate.leadTo(platform.smtpPort());
        try (World world = new World(platform, database)) {
            world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                    .contacts(world.contact("ana", INSTANCE_ADMIN))
                    .enters(Stage.ONBOARDING)
                    .awaitMails(1)
                    .settle();
            // As if the account had begun with a version whose second mail was called something else.
            Jdbc.inTransaction(database, transaction -> Jdbc.update(transaction, """
                            insert into campaign_version (id, version, hash, content, templates)
                            select id, 99, 'other', replace(replace(content, 'Connect your code hosts', 'Old words'),
                                'version: ' || version, 'version: 99'), templates
                            from campaign_version where id = 'admin-onboarding' and version <> 99
                            on conflict do nothing
                            """));
            Jdbc.inTransaction(
                    database,
                    transaction -> Jdbc.update(
                            transaction, "update occurrence set version = 99 where account = ?", world.account));

            world.onDay(3);

            await().until(() -> world.mails().size() == 2);
            assertThat(world.mails().get(1).subject()).isEqualTo("Old words");
            assertThat(world.mails().get(1).text()).get().asString().contains("code hosts");
        }
    }
}
