package dev.stagecoach.outreach;

import dev.stagecoach.events.Contact;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.letter.Action;
import dev.stagecoach.outreach.letter.Reader;
import dev.stagecoach.outreach.letter.Score;
import dev.stagecoach.outreach.letter.Words;
import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.Mail;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.outreach.mail.Sender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes a mail of a campaign to one person. The same input makes the same mail. */
public final class ComposeMail {
    private static final int HIGHEST_SCORE = 10;

    private final Templates templates;
    private final Links links;
    private final Sender sender;
    private final EnvelopeSenders envelopeSenders;

    public ComposeMail(Templates templates, Links links, Sender sender, EnvelopeSenders envelopeSenders) {
        this.templates = templates;
        this.links = links;
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
     * @throws RuntimeException when a template cannot be filled in
     */
    public Mail compose(Campaign campaign, Step step, Delivery delivery, Account account, Contact contact) {
        MailReference reference = MailReference.of(delivery, contact.id());
        Words words = templates.words(templates.languageFor(step.template(), languageOf(contact)));
        Map<String, Object> model = model(campaign, step, account, contact, reference, words);
        return new Mail(
                messageId(delivery),
                envelopeSenders.of(delivery.id()),
                sender.from(),
                sender.replyTo(),
                displayName(contact.name()) + " <" + contact.email().strip() + ">",
                step.subject(),
                templates.text(step.template(), words.language(), model),
                templates.html(step.template(), words.language(), model),
                headers(delivery, links.to(LinkPurpose.UNSUBSCRIBE, reference)),
                List.of());
    }

    private Locale languageOf(Contact contact) {
        return sender.language();
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

    private Map<String, Object> model(
            Campaign campaign, Step step, Account account, Contact contact, MailReference reference, Words words) {
        Action help = new Action(words.of("askForHelp"), links.to(LinkPurpose.HELP, reference));
        String survey = links.to(LinkPurpose.SURVEY, reference);
        return Map.ofEntries(
                Map.entry("words", words.texts()),
                Map.entry("subject", step.subject()),
                Map.entry("preheader", step.preheader()),
                Map.entry("account", account.name()),
                Map.entry("contact", new Reader(contact.name(), firstName(contact.name()))),
                Map.entry("greeting", words.of("greeting", firstName(contact.name()))),
                Map.entry("button", button(step, help)),
                Map.entry("help", help),
                Map.entry(
                        "training", new Action(words.of("askForTraining"), links.to(LinkPurpose.TRAINING, reference))),
                Map.entry("meeting", new Action(words.of("askForMeeting"), links.to(LinkPurpose.MEETING, reference))),
                Map.entry("survey", survey),
                Map.entry("scores", scores(survey)),
                Map.entry("because", because(campaign, contact, account, words)),
                Map.entry("unsubscribe", links.to(LinkPurpose.UNSUBSCRIBE, reference)),
                Map.entry("preferences", links.to(LinkPurpose.PREFERENCES, reference)),
                Map.entry("sender", sender));
    }

    private Action button(Step step, Action help) {
        return step.button() == null || sender.docs().isEmpty()
                ? help
                : new Action(
                        step.button().label(),
                        withoutSlash(sender.docs().get().toString()) + "/"
                                + step.button().page());
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
