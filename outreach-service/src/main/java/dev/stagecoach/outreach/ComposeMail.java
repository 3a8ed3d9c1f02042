package dev.stagecoach.outreach;

import dev.stagecoach.events.Contact;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.account.ToldFacts;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.letter.Action;
import dev.stagecoach.outreach.letter.Particulars;
import dev.stagecoach.outreach.letter.Reader;
import dev.stagecoach.outreach.letter.Recap;
import dev.stagecoach.outreach.letter.Score;
import dev.stagecoach.outreach.letter.Words;
import dev.stagecoach.outreach.mail.InlineImage;
import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.Mail;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.outreach.mail.Sender;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes a mail of a campaign to one person. The same input makes the same mail. */
public final class ComposeMail {
    private static final int HIGHEST_SCORE = 10;

    private final Templates templates;
    private final Links links;
    private final Pictures pictures;
    private final Sender sender;
    private final EnvelopeSenders envelopeSenders;

    public ComposeMail(
            Templates templates, Links links, Pictures pictures, Sender sender, EnvelopeSenders envelopeSenders) {
        this.templates = templates;
        this.links = links;
        this.pictures = pictures;
        this.sender = sender;
        this.envelopeSenders = envelopeSenders;
    }

    /** The {@code Message-ID} of a delivery. */
    public String messageId(Delivery delivery) {
        return "<" + delivery.id() + "@" + sender.messageIdDomain() + ">";
    }

    /**
     * Writes the mail of a delivery.
     *
     * @param facts what was kept with the delivery's occurrence
     * @throws RuntimeException when a template cannot be filled in
     */
    public Mail compose(
            Campaign campaign,
            Step step,
            Delivery delivery,
            Account account,
            Contact contact,
            Map<String, @Nullable Object> facts) {
        MailReference reference = MailReference.of(delivery, contact.id());
        Words words = templates.words(templates.languageFor(step.template(), languageOf(contact)));
        String contentId = delivery.id() + ".days@" + sender.messageIdDomain();
        Map<String, @Nullable Object> model = model(campaign, step, delivery, account, contact, reference, words);
        model.putAll(new Particulars(words).of(facts, "cid:" + contentId));
        String html = templates.html(step.template(), words.language(), model);
        return new Mail(
                messageId(delivery),
                envelopeSenders.of(delivery.id()),
                sender.from(),
                sender.replyTo(),
                displayName(contact.name()) + " <" + contact.email().strip() + ">",
                step.in(words.language()).subject(),
                templates.text(step.template(), words.language(), model),
                html,
                headers(delivery, links.to(LinkPurpose.UNSUBSCRIBE, reference)),
                html.contains(contentId) ? images(contentId, model) : List.of());
    }

    /** Writes the mail as it would look now, with the latest numbers; what a trigger would tell and nobody knows yet is left open. */
    public Mail compose(Campaign campaign, Step step, Delivery delivery, Account account, Contact contact) {
        return compose(campaign, step, delivery, account, contact, factsNow(campaign, account));
    }

    /** What the inbox of this reader shows of a step. */
    Step.Translation inbox(Step step, Contact contact) {
        return step.in(templates.languageFor(step.template(), languageOf(contact)));
    }

    private static Map<String, @Nullable Object> factsNow(Campaign campaign, Account account) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        if (account.usage() != null) {
            facts.put("usage", ToldFacts.usage(account.usage()));
        }
        account.latestRecap().ifPresent(recap -> facts.put("recap", ToldFacts.recap(account, recap)));
        if (campaign.trigger() instanceof Trigger.HealthBecame health) {
            facts.put(
                    "health", Map.of("level", health.levels().iterator().next().wireName()));
        }
        return facts;
    }

    private List<InlineImage> images(String contentId, Map<String, @Nullable Object> model) {
        return model.get("recap") instanceof Recap recap && recap.picture() != null
                ? pictures.days(recap.picture().days()).stream()
                        .map(png -> new InlineImage(contentId, "image/png", png))
                        .toList()
                : List.of();
    }

    private Locale languageOf(Contact contact) {
        return contact.language() == null ? sender.language() : Locale.forLanguageTag(contact.language());
    }

    private Map<String, String> headers(Delivery delivery, String unsubscribe) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Stagecoach-Campaign", delivery.campaign());
        headers.put("X-Stagecoach-Occurrence", delivery.occurrence());
        headers.put("X-Stagecoach-Account", delivery.account());
        headers.put("X-Stagecoach-Step", delivery.step());
        headers.put("List-Unsubscribe", "<" + unsubscribe + ">");
        headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        headers.put("Auto-Submitted", "auto-generated");
        headers.put("List-Id", "<" + delivery.campaign() + "." + sender.messageIdDomain() + ">");
        return headers;
    }

    private Map<String, @Nullable Object> model(
            Campaign campaign,
            Step step,
            Delivery delivery,
            Account account,
            Contact contact,
            MailReference reference,
            Words words) {
        Step.Translation inbox = step.in(words.language());
        Action help = new Action(words.of("askForHelp"), links.to(LinkPurpose.HELP, reference));
        String survey = links.to(LinkPurpose.SURVEY, reference);
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put("words", words.texts());
        model.put("subject", inbox.subject());
        model.put("preheader", inbox.preheader());
        model.put("account", account.name());
        model.put("stage", account.stage() == null ? null : account.stage().wireName());
        model.put(
                "date",
                words.day(delivery.dueAt().atZone(zoneOf(account, contact)).toLocalDate()));
        model.put("contact", new Reader(contact.name(), firstName(contact.name())));
        model.put("greeting", words.of("greeting", firstName(contact.name())));
        model.put("button", button(step, inbox, help, reference));
        model.put("help", help);
        model.put("training", new Action(words.of("askForTraining"), links.to(LinkPurpose.TRAINING, reference)));
        model.put("meeting", new Action(words.of("askForMeeting"), links.to(LinkPurpose.MEETING, reference)));
        model.put("survey", survey);
        model.put("scores", scores(survey));
        model.put("because", because(campaign, contact, account, words));
        model.put("unsubscribe", links.to(LinkPurpose.UNSUBSCRIBE, reference));
        model.put("preferences", links.to(LinkPurpose.PREFERENCES, reference));
        model.put("sender", sender);
        return model;
    }

    /** The reader's own, or the account's. */
    private static ZoneId zoneOf(Account account, Contact contact) {
        if (contact.timezone() != null) {
            return contact.timezone();
        }
        return account.facts() == null ? ZoneOffset.UTC : account.facts().timezone();
    }

    private Action button(Step step, Step.Translation inbox, Action help, MailReference reference) {
        Step.Button button = step.button();
        String label = inbox.button();
        if (button == null || label == null) {
            return help;
        }
        if (button.asks() != null) {
            return new Action(label, links.to(LinkPurpose.valueOf(button.asks().toUpperCase(Locale.ROOT)), reference));
        }
        return sender.docs()
                .map(docs -> new Action(label, withoutSlash(docs.toString()) + "/" + button.page()))
                .orElse(help);
    }

    private static List<Score> scores(String url) {
        return IntStream.rangeClosed(0, HIGHEST_SCORE)
                .mapToObj(score -> new Score(score, url + "?score=" + score))
                .toList();
    }

    private static String because(Campaign campaign, Contact contact, Account account, Words words) {
        List<String> names = contact.roles().stream()
                .filter(campaign.audience()::contains)
                .map(role -> words.orName("role." + role.wireName(), role.wireName()))
                .toList();
        int last = names.size() - 1;
        String roles = last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + words.of("and") + names.get(last);
        return words.of("because", roles, account.name());
    }

    private static String firstName(String name) {
        return name.strip().split("\\s+", 2)[0];
    }

    /** Quoted, so that a comma in a name does not make two recipients of one. */
    private static String displayName(String name) {
        return "\"" + name.replaceAll("[\"\\\\\\r\\n<>]", " ").strip() + "\"";
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
