package dev.stagecoach.outreach.adapter;

import static dev.stagecoach.events.Role.CHAMPION;
import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageRecap.DayUsers;
import dev.stagecoach.events.UsageRecap.FeatureUse;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.ReceivedMail;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns of a directory of one's own, from their files to the mails that arrive. */
@QuarkusTest
@TestProfile(OwnCampaignsTest.OwnCampaigns.class)
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.DATABASE, value = "outreach"))
@QuarkusTestResource(SmtpGate.class)
class OwnCampaignsTest {
    /** Where Debian installs its packages for, whatever other Python is first in the path. */
    private static final String DEBIANS = "/usr/bin/python3";

    private static final String PUBLISHED = "published.txt";
    /** Says {@code True} for a mail, by what the domain of its sender has published. */
    private static final String VERIFY = """
            import dkim, sys
            published = open(sys.argv[2], "rb").read()
            names = []
            valid = dkim.verify(open(sys.argv[1], "rb").read(), dnsfunc=lambda name, timeout=5: names.append(name) or published)
            print(valid, *[name.decode() for name in names])
            """;

    /** A welcome that a person approves, and the monthly recap as it comes. */
    public static final class OwnCampaigns implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path directory = Files.createTempDirectory("own-campaigns");
                Path campaigns = Files.createDirectory(directory.resolve("campaigns"));
                Files.writeString(campaigns.resolve("welcome.yaml"), """
                        id: welcome
                        version: 1
                        description: One mail that somebody looks at before it goes.
                        kind: onboarding
                        trigger:
                          stage-entered: Onboarding
                        segments: [digital]
                        audience: [instance-admin]
                        horizon: P7D
                        join-until:
                          while-stage: Onboarding
                        stop-on: [Churned]
                        priority: 1
                        cap: counted
                        approval: required
                        steps:
                          - step: hello
                            after: P0D
                            subject: Set up your instance
                            preheader: About an hour of work.
                            template: admin-onboarding/day-0
                            button:
                              label: Open the setup checklist
                              page: admin/checklist
                        """);
                try (InputStream recap =
                        OwnCampaignsTest.class.getResourceAsStream("/policy/campaigns/monthly-recap.yaml")) {
                    Files.copy(Objects.requireNonNull(recap), campaigns.resolve("monthly-recap.yaml"));
                }
                return Map.of(
                        "stagecoach.outreach.policy-directory",
                        directory.toString(),
                        "stagecoach.outreach.dkim.private-key",
                        privateKey(directory).toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** What belongs to it is beside it. */
        private static Path privateKey(Path directory) throws IOException, GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair keys = generator.generateKeyPair();
            Files.writeString(
                    directory.resolve(PUBLISHED),
                    "v=DKIM1; k=rsa; p="
                            + Base64.getEncoder()
                                    .encodeToString(keys.getPublic().getEncoded()));
            return Files.writeString(
                    directory.resolve("key.pem"),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(keys.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
        }
    }

    @InjectPlatform
    Platform platform;

    SmtpGate gate;

    @ConfigProperty(name = "stagecoach.outreach.policy-directory")
    Path policy;

    @Inject
    DataSource database;

    private World world;

    @BeforeEach
    void aNewWorld() {
        gate.leadTo(platform.smtpPort());
        world = new World(platform, database);
    }

    @AfterEach
    void everyMailIsAccountedFor() {
        world.close();
        assertThat(Balance.read(database).missing()).isZero();
    }

    private static RequestSpecification authorized() {
        return RestAssured.given().header("Authorization", "Bearer local");
    }

    @Test
    void whatNeedsApprovalIsHeldReleasedAndSent() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .settle();
        await().until(() -> world.ledger().size() == 1);
        String occurrence = "welcome/" + world.account + "/" + world.closedOn;

        JsonPath held = authorized()
                .get("/v1/messages?account=" + world.account)
                .jsonPath()
                .setRootPath("messages[0]");
        JsonPath waiting = authorized().get("/v1/approvals?campaign=welcome").jsonPath();
        world.onDay(1).settle();
        assertThat(world.mails()).isEmpty();
        Response released = authorized()
                .contentType("application/json")
                .body(Map.of("by", "ana@team", "reason", "reads well"))
                .post("/v1/approvals/" + occurrence + "/release");

        assertThat(held.getString("state")).isEqualTo("planned");
        assertThat(held.getBoolean("held")).isTrue();
        assertThat(waiting.getList("waiting.occurrence")).contains(occurrence);
        assertThat(released.statusCode()).isEqualTo(200);
        world.onDay(2).awaitMails(1).settle();
        assertThat(world.mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.subject()).isEqualTo("Set up your instance"));
        assertThat(world.ledger()).containsExactly("welcome hello ana sent");
        JsonPath story =
                authorized().get("/v1/messages/" + held.getString("id")).jsonPath();
        assertThat(story.getString("decided[0].by")).isEqualTo("ana@team");
        assertThat(story.getBoolean("message.held")).isFalse();
    }

    @Test
    void theRecapArrivesWithItsPictureAndTheNumbersInWords() throws MessagingException, IOException {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("chi", CHAMPION))
                .enters(Stage.ADOPTING)
                .onDay(95);
        YearMonth month = YearMonth.from(world.closedOn.plusDays(95));
        LocalDate recapDay = month.plusMonths(1).atDay(2);

        world.at(recapDay).recap(recapOf(month)).settle();
        world.at(recapDay.plusDays(3)).awaitMails(1).settle();

        ReceivedMail mail = world.mails().get(0);
        String text = mail.text().orElseThrow();
        assertThat(text).contains(": 62 (", "12%", "4,321", "Code Search (1,234)");
        Matcher image = Pattern.compile("<img[^>]*src=\"cid:([^\"]+)\"[^>]*>")
                .matcher(mail.html().orElseThrow());
        assertThat(image.find()).isTrue();
        assertThat(image.group()).containsPattern("alt=\"[^\"]{20,}\"");
        Part picture = partsOf(new MimeMessage(null, new ByteArrayInputStream(mail.raw()))).stream()
                .filter(part -> isImage(part))
                .findFirst()
                .orElseThrow();
        assertThat(picture.getHeader("Content-ID")).containsExactly("<" + image.group(1) + ">");
        assertThat(picture.getDisposition()).isEqualTo(Part.INLINE);
        BufferedImage drawn = ImageIO.read(picture.getInputStream());
        assertThat(drawn.getWidth()).isGreaterThan(400);
        assertThat(drawn.getHeight()).isGreaterThan(100);
    }

    /** By {@code python3-dkim}, where it is installed: it shares no code with what signs. */
    @Test
    void aSignedMailIsValidToAVerifierThatIsNotOurs(@TempDir Path directory) throws IOException, InterruptedException {
        assumeTrue(python("-c", "import dkim").startsWith("0"), "python3-dkim is not installed");
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("chi", CHAMPION))
                .enters(Stage.ADOPTING)
                .onDay(95);
        YearMonth month = YearMonth.from(world.closedOn.plusDays(95));
        world.at(month.plusMonths(1).atDay(2)).recap(recapOf(month)).settle();
        world.at(month.plusMonths(1).atDay(5)).awaitMails(1).settle();

        byte[] raw = world.mails().get(0).raw();
        Path mail = Files.write(directory.resolve("mail.eml"), raw);
        byte[] other = new String(raw, StandardCharsets.ISO_8859_1)
                .replaceFirst("Your month", "Your year")
                .getBytes(StandardCharsets.ISO_8859_1);
        Path changed = Files.write(directory.resolve("changed.eml"), other);

        assertThat(python(
                        "-c", VERIFY, mail.toString(), policy.resolve(PUBLISHED).toString()))
                .isEqualTo("0 True stagecoach._domainkey.example.com.");
        assertThat(other).isNotEqualTo(raw);
        assertThat(python(
                        "-c",
                        VERIFY,
                        changed.toString(),
                        policy.resolve(PUBLISHED).toString()))
                .startsWith("0 False");
    }

    /** The exit code and what was said. */
    private static String python(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(DEBIANS));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() + " " + said;
        } catch (IOException e) {
            return "no python3: " + e.getMessage();
        }
    }

    private UsageRecap recapOf(YearMonth month) {
        List<DayUsers> days = new ArrayList<>();
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            days.add(new DayUsers(month.atDay(day), 10 + day));
        }
        return new UsageRecap(
                world.account, month, 62, 25.5, 4_321L, List.of(new FeatureUse("code-search", 1_234)), 0.12, "1", days);
    }

    private static boolean isImage(Part part) {
        try {
            return part.isMimeType("image/png");
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Part> partsOf(Part part) throws MessagingException, IOException {
        List<Part> parts = new ArrayList<>();
        if (part.getContent() instanceof Multipart several) {
            for (int i = 0; i < several.getCount(); i++) {
                BodyPart one = several.getBodyPart(i);
                parts.addAll(partsOf(one));
            }
        } else {
            parts.add(part);
        }
        return parts;
    }
}
