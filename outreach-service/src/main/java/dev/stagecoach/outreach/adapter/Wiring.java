package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.exactlyonce.KafkaConnection;
import dev.stagecoach.events.exactlyonce.OutboxRelay;
import dev.stagecoach.outreach.ApplyEvents;
import dev.stagecoach.outreach.ComposeMail;
import dev.stagecoach.outreach.EnvelopeSenders;
import dev.stagecoach.outreach.Erasures;
import dev.stagecoach.outreach.JudgePreview;
import dev.stagecoach.outreach.Links;
import dev.stagecoach.outreach.OutreachConfig;
import dev.stagecoach.outreach.Pictures;
import dev.stagecoach.outreach.PreviewCampaign;
import dev.stagecoach.outreach.ReceiveAnswer;
import dev.stagecoach.outreach.ReceiveBounce;
import dev.stagecoach.outreach.SendDueMail;
import dev.stagecoach.outreach.SendTestMail;
import dev.stagecoach.outreach.Templates;
import dev.stagecoach.outreach.Verdicts;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.delivery.LastLook;
import dev.stagecoach.outreach.delivery.Programme;
import dev.stagecoach.outreach.delivery.SendingRules;
import dev.stagecoach.outreach.mail.Sender;
import dev.stagecoach.traces.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts use cases, rules and technology together. */
@ApplicationScoped
class Wiring {
    /** Thousands of mails a second are told of in some larger records instead of many small ones; nobody waits for these. */
    private static final Duration TELL_TOGETHER = Duration.ofMillis(50);

    @Produces
    @Singleton
    CampaignArchive archive(DataSource database) {
        return new CampaignArchive(database);
    }

    @Produces
    @Singleton
    PolicyFiles policyFiles(OutreachConfig config, CampaignArchive archive) {
        return new PolicyFiles(config.policyDirectory(), archive::template);
    }

    @Produces
    @Singleton
    QuteTemplates templates(PolicyFiles files, OutreachConfig config) {
        return new QuteTemplates(files, config.mails().language());
    }

    /** Reads and keeps every campaign, and tries out those of a directory: what is wrong with one shows at the start and not when it is due. */
    @Produces
    @Singleton
    Campaigns campaigns(
            PolicyFiles files,
            QuteTemplates templates,
            PreviewCampaign preview,
            CampaignArchive archive,
            OutreachConfig config) {
        Locale language = config.mails().language();
        templates.words(language);
        List<YamlCampaigns.Source> sources = new YamlCampaigns(files, templates::exist).sources();
        Campaigns campaigns = new Campaigns(
                sources.stream().map(YamlCampaigns.Source::campaign).toList(), archive);
        // Those that come with the service were tried out when it was built (MailsTest): a start need not wait for it.
        if (files.areOfADirectory()) {
            TemplateCheck check = new TemplateCheck(files, language);
            campaigns.all().forEach(check::check);
            campaigns.all().forEach(campaign -> preview.pages(campaign, specimen(campaign)));
        }
        sources.forEach(source -> archive.keep(source, templatesOf(source.campaign(), files)));
        return campaigns;
    }

    /** An account of which nothing is known but who reads. */
    private static Account specimen(Campaign campaign) {
        Contact reader = new Contact("reader", "Ada Reader", "ada@example.com", campaign.audience(), null);
        return Account.unknown("specimen", 0).withContacts(List.of(reader), Instant.EPOCH);
    }

    private static Map<String, String> templatesOf(Campaign campaign, PolicyFiles files) {
        Map<String, String> texts = new HashMap<>();
        campaign.steps().forEach(step -> texts.putAll(files.templates(step.template())));
        return texts;
    }

    /** Mails of a preview look real and do nothing. */
    @Produces
    @Singleton
    PreviewCampaign preview(Templates templates, Pictures pictures, LinkSecrets secrets, OutreachConfig config) {
        return new PreviewCampaign(new ComposeMail(
                templates,
                new DeadLinks(config.publicUrl()),
                pictures,
                sender(config.mails()),
                envelopeSenders(config, secrets)));
    }

    @Produces
    @Singleton
    JudgePreview judge(Campaigns campaigns, Programme programme) {
        return new JudgePreview(campaigns, programme);
    }

    @Produces
    @Singleton
    JdbcPreviews previews(DataSource database, JudgePreview judge) {
        return new JdbcPreviews(database, judge);
    }

    @Produces
    @Singleton
    SendTestMail testMails(PreviewCampaign preview, SmtpMailbox mailbox, OutreachConfig config) {
        return new SendTestMail(preview, mailbox, config.mails().testDomains().orElse(List.of()));
    }

    @Produces
    @Singleton
    CampaignKinds kinds(Campaigns campaigns) {
        return new CampaignKinds(campaigns);
    }

    @Produces
    @Singleton
    Pictures pictures() {
        return new JFreePictures();
    }

    @Produces
    @Singleton
    ReceiveAnswer receiveAnswer(DataSource database, OutboxRelay relay, CampaignKinds kinds) {
        return new ReceiveAnswer(new JdbcAnswers(database, relay::wake), kinds::of);
    }

    @Produces
    @Singleton
    Verdicts verdicts(DataSource database, OutboxRelay relay, MailSender sender) {
        return new JdbcVerdicts(database, () -> {
            relay.wake();
            sender.wake();
        });
    }

    @Produces
    @Singleton
    SendingRules sendingRules(PolicyFiles files) {
        return YamlSendingRules.read(files.sending());
    }

    @Produces
    @Singleton
    MessageStories stories(DataSource database) {
        return new MessageStories(database);
    }

    @Produces
    @Singleton
    CampaignAnswers answersOfCampaigns(DataSource database) {
        return new CampaignAnswers(database);
    }

    @Produces
    @Singleton
    Programme programme(Campaigns campaigns, SendingRules rules, OutreachConfig config) {
        return new Programme(campaigns, rules, config.contactGrace());
    }

    @Produces
    @Singleton
    ApplyEvents applyEvents(Campaigns campaigns, Programme programme) {
        return new ApplyEvents(campaigns, programme);
    }

    @Produces
    @Singleton
    LinkSecrets linkSecrets(OutreachConfig config) {
        return new LinkSecrets(config.linkSecret(), config.previousLinkSecrets().orElse(List.of()));
    }

    @Produces
    @Singleton
    Seal seal(LinkSecrets secrets) {
        return new Seal(secrets);
    }

    @Produces
    @Singleton
    Links links(OutreachConfig config, Seal seal) {
        return new HmacLinks(config.publicUrl(), seal);
    }

    @Produces
    @Singleton
    ComposeMail composer(
            Templates templates, Links links, Pictures pictures, LinkSecrets secrets, OutreachConfig config) {
        return new ComposeMail(templates, links, pictures, sender(config.mails()), envelopeSenders(config, secrets));
    }

    private static EnvelopeSenders envelopeSenders(OutreachConfig config, LinkSecrets secrets) {
        return new HmacEnvelopeSenders(
                secrets, config.mails().bounceDomain().orElse(config.mails().messageIdDomain()));
    }

    private static Sender sender(OutreachConfig.Mails mails) {
        return new Sender(
                mails.from(),
                mails.replyTo(),
                mails.senderName(),
                mails.team(),
                mails.postalAddress(),
                mails.messageIdDomain(),
                mails.docsUrl(),
                mails.language());
    }

    /** The server is where Quarkus' mailer would look for it. */
    @Produces
    @Singleton
    SmtpMailbox mailbox(
            OutreachConfig config,
            @ConfigProperty(name = "quarkus.mailer.host") String host,
            @ConfigProperty(name = "quarkus.mailer.port") int port,
            @ConfigProperty(name = "quarkus.mailer.username") Optional<String> username,
            @ConfigProperty(name = "quarkus.mailer.password") Optional<String> password,
            @ConfigProperty(name = "quarkus.mailer.own-host-name") Optional<String> ownName,
            @ConfigProperty(name = "quarkus.mailer.tls") Optional<Boolean> tls,
            @ConfigProperty(name = "quarkus.mailer.trust-all") Optional<Boolean> trustAll) {
        SmtpSettings settings = new SmtpSettings(
                host,
                port,
                username,
                password,
                ownName,
                tls.orElse(false),
                trustAll.orElse(false),
                config.sending().startTls().map(SmtpSettings::startTls),
                config.sending().timeout(),
                config.sending().trustedCertificates());
        return new SmtpMailbox(settings, signing(config), InstantSource.system());
    }

    private static Signing signing(OutreachConfig config) {
        OutreachConfig.Dkim dkim = config.dkim();
        return dkim.privateKey()
                .<Signing>map(key -> DkimSigning.withKey(
                        dkim.domain().orElseGet(() -> domainOf(config.mails().from())), dkim.selector(), key))
                .orElseGet(Signing::none);
    }

    private static String domainOf(String address) {
        return address.substring(address.lastIndexOf('@') + 1).replace(">", "").strip();
    }

    @Produces
    @Singleton
    ReceiveBounce receiveBounce(OutreachConfig config, LinkSecrets secrets, DataSource database, OutboxRelay relay) {
        OutreachConfig.Bounced bounces = config.bounces();
        return new ReceiveBounce(
                envelopeSenders(config, secrets),
                new JdbcBounces(database, bounces.softLimit(), bounces.softWithin(), relay::wake));
    }

    @Produces
    @Singleton
    Erasures erasures(DataSource database) {
        return new JdbcErasures(database);
    }

    void close(@Disposes SmtpMailbox mailbox) {
        mailbox.close();
    }

    @Produces
    @Singleton
    KafkaConnection kafka(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        return new KafkaConnection(settings);
    }

    @Produces
    @Singleton
    OutboxRelay relay(DataSource database, KafkaConnection kafka) {
        return new OutboxRelay(kafka, database, TELL_TOGETHER);
    }

    @Produces
    @Singleton
    JdbcDeliveries deliveries(DataSource database, ComposeMail composer, OutboxRelay relay) {
        return new JdbcDeliveries(database, UUID.randomUUID().toString(), composer::messageId, relay::wake);
    }

    @Produces
    @Singleton
    MailSender sender(
            JdbcDeliveries deliveries,
            Campaigns campaigns,
            SendingRules rules,
            ComposeMail composer,
            SmtpMailbox mailbox,
            MeterRegistry meters,
            Traces traces,
            OutreachConfig config) {
        return new MailSender(
                deliveries,
                new SendDueMail(
                        campaigns, new LastLook(rules), composer, new MeasuredMailbox(mailbox, meters), deliveries),
                mailbox::answers,
                config.sending().connections(),
                new Pending.Limits(
                        config.sending().perDomain().connections(),
                        config.sending().perDomain().rate()),
                traces);
    }
}
