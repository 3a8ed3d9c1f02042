package dev.stagecoach.outreach.mail;

import java.util.Arrays;

/**
 * A picture within a mail; its HTML shows it as {@code cid:<content id>}.
 *
 * @param contentId without angle brackets; {@code name@domain}
 * @param type the media type, {@code image/png} for instance
 */
public record InlineImage(String contentId, String type, byte[] content) {
    @Override
    public boolean equals(Object other) {
        return other instanceof InlineImage image
                && contentId.equals(image.contentId)
                && type.equals(image.type)
                && Arrays.equals(content, image.content);
    }

    @Override
    public int hashCode() {
        return contentId.hashCode() * 31 + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return contentId + " (" + type + ", " + content.length + " bytes)";
    }
}
