package dev.stagecoach.outreach.mail;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A picture within a mail; its HTML shows it as {@code cid:<content id>}. */
public final class InlineImage {
    private final String contentId;
    private final String type;
    private final byte[] content;

    /**
     * Takes a picture.
     *
     * @param contentId without angle brackets; {@code name@domain}
     * @param type the media type, {@code image/png} for instance
     */
    public InlineImage(String contentId, String type, byte[] content) {
        this.contentId = contentId;
        this.type = type;
        this.content = content.clone();
    }

    public String contentId() {
        return contentId;
    }

    public String type() {
        return type;
    }

    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InlineImage image
                && contentId.equals(image.contentId)
                && type.equals(image.type)
                && Arrays.equals(content, image.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(contentId, type, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return contentId + " (" + type + ", " + content.length + " bytes)";
    }
}
