package dev.stagecoach.outreach.mail;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mail, ready to hand over.
 *
 * @param messageId with angle brackets
 * @param envelopeFrom where the mail server reports to when the mail cannot be delivered
 * @param to one address, with the name
 * @param headers beyond those that have a place of their own
 * @param images shown within the HTML
 */
public record Mail(
        String messageId,
        String envelopeFrom,
        String from,
        String replyTo,
        String to,
        String subject,
        String text,
        String html,
        Map<String, String> headers,
        List<InlineImage> images) {
    public Mail {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        images = List.copyOf(images);
    }

    /** The HTML with its pictures in it, so that a browser shows it as a mail program would. */
    public String pageHtml() {
        String page = html;
        for (InlineImage image : images) {
            page = page.replace(
                    "cid:" + image.contentId(),
                    "data:" + image.type() + ";base64," + Base64.getEncoder().encodeToString(image.content()));
        }
        return page;
    }
}
