package dev.stagecoach.outreach.adapter;

import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static dev.stagecoach.events.Role.PROGRAM_CONTACT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.JudgePreview;
import dev.stagecoach.outreach.Links;
import dev.stagecoach.outreach.PreviewCampaign;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import dev.stagecoach.testing.api.OpenApiDocument;
import dev.stagecoach.testing.api.OpenApiExamples;
import dev.stagecoach.testing.api.OpenApiExamples.Documented;
import dev.stagecoach.testing.api.OpenApiRecords;
import dev.stagecoach.testing.api.OpenApiRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service is as its OpenAPI document says. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.DATABASE, value = "outreach"))
@QuarkusTestResource(SmtpGate.class)
class OpenApiTest {
    private static final String ROOT = "dev.stagecoach.outreach";
    private static final Map<String, LinkPurpose> PURPOSES = Map.of(
            "answerSurvey", LinkPurpose.SURVEY,
            "askForHelp", LinkPurpose.HELP,
            "askForTraining", LinkPurpose.TRAINING,
            "askForMeeting", LinkPurpose.MEETING,
            "choosePreferences", LinkPurpose.PREFERENCES);

    private final OpenApiDocument document = OpenApiDocument.ofService();

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    SmtpGate gate;

    @Inject
    ObjectMapper mapper;

    @Inject
    DataSource database;

    @Inject
    Links links;

    @Inject
    Seal seal;

    private World world;
    private World other;

    @BeforeEach
    void twoAccounts() {
        gate.leadTo(platform.smtpPort());
        world = new World(platform, database);
        other = world.neighbour("neighbour");
    }

    @AfterEach
    void everyMailIsAccountedFor() {
        world.close();
        other.close();
        assertThat(Balance.read(database).missing()).isZero();
    }

    @Test
    void theDocumentIsCompleteAndHandedOutAsItIs() {
        assertThat(document.mistakes()).isEmpty();
        assertThat(OpenApiDocument.servedBy(address)).isEqualTo(document);
    }

    @Test
    void everyRouteIsInTheDocument() {
        assertThat(OpenApiRoutes.differences(document, ROOT)).isEmpty();
    }

    @Test
    void everyAnswerHasTheFieldsOfTheCode() {
        assertThat(OpenApiRecords.of(mapper, ROOT)
                        .named("MessagePage", MessagesResource.Page.class)
                        .named("WaitingPage", ApprovalsResource.Page.class)
                        .named("MailPreview", PreviewCampaign.Page.class)
                        .named("AccountPreview", JudgePreview.Judged.class)
                        .named("Reader", JudgePreview.Reader.class)
                        .named("Judged", ApprovalsResource.Judged.class)
                        .named("Campaign", CampaignsResource.Summary.class)
                        .without("Html", "State", "Kind", "SurveyForm", "WishForm", "PreferencesForm", "OneClick")
                        .differences(document))
                .isEmpty();
    }

    @Test
    void everyNameIsInTheDocument() {
        assertThat(document.json().at("/components/schemas/State/enum"))
                .extracting(JsonNode::textValue)
                .containsExactlyInAnyOrderElementsOf(Stream.of(DeliveryState.values())
                        .map(DeliveryState::wireName)
                        .toList());
        assertThat(document.json().at("/components/schemas/Kind/enum"))
                .extracting(JsonNode::textValue)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Kind.values()).map(Kind::wireName).toList());
    }

    @Test
    void everyExampleIsAnsweredAsTheDocumentSays() {
        // Given
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(1)
                .settle();
        other.facts(Segment.DIGITAL, Product.CODY)
                .contacts(other.contact("pia", PROGRAM_CONTACT))
                .enters(Stage.ADOPTING)
                .firstPing()
                .awaitMails(1)
                .settle();

        // When
        var failures = OpenApiExamples.of(document, address)
                .bearer("bearer", "local")
                .value("account", account -> account.value().equals("nobody") ? "nobody" : world.account)
                .value("message", this::message)
                .value("target", this::target)
                .value("token", this::token)
                .value("form", this::form)
                .value("messageId", this::messageId)
                .value("envelopeSender", sender -> envelopeSender())
                .failures();

        // Then
        assertThat(failures).isEmpty();
    }

    /** One that is in doubt for each way to end a doubt. */
    private String message(Documented message) {
        return switch (message.example()) {
            case "unknown" -> message.value();
            case "sent" -> doubtful("day-3");
            case "send-again" -> doubtful("day-7");
            case "not-sent" -> doubtful("day-14");
            default -> mail("day-0");
        };
    }

    private String doubtful(String step) {
        String mail = mail(step);
        update("update delivery set state = 'unknown', reason = 'doubt' where id = ?", mail);
        return mail;
    }

    /** Something that waits. */
    private String target(Documented target) {
        return switch (target.example()) {
            case "occurrence" -> {
                hold(world);
                yield occurrence();
            }
            case "campaign" -> {
                hold(other);
                yield target.value();
            }
            default -> target.value();
        };
    }

    private void hold(World held) {
        update("update delivery set held = true where account = ? and state = 'planned'", held.account);
    }

    private String token(Documented token) {
        return token.example().equals("cut-off")
                ? token.value()
                : tokenFor(LinkPurpose.valueOf(
                        token.value().substring(token.value().indexOf('.') + 1).toUpperCase(Locale.ROOT)));
    }

    private String tokenFor(LinkPurpose purpose) {
        String link = links.to(purpose, MailReference.of(occurrence(), "day-0", "ana"));
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private String form(Documented form) {
        LinkPurpose purpose = PURPOSES.get(form.operation());
        return seal.ofForm(purpose.path(), tokenFor(purpose));
    }

    private String messageId(Documented id) {
        return id.example().equals("by-message-id")
                ? world.mails().get(0).header("Message-ID").orElseThrow()
                : id.value();
    }

    private String envelopeSender() {
        String mail = Delivery.idOf("end-user-onboarding-cody/" + other.account + "/first-ping", "day-0", "pia");
        return new HmacEnvelopeSenders(new LinkSecrets("only-for-development", List.of()), "outreach.example.com")
                .of(mail);
    }

    private String mail(String step) {
        return Delivery.idOf(occurrence(), step, "ana");
    }

    private String occurrence() {
        return "admin-onboarding/" + world.account + "/" + world.closedOn;
    }

    private void update(String sql, String value) {
        Jdbc.inTransaction(database, transaction -> Jdbc.update(transaction, sql, value));
    }
}
