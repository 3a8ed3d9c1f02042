package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Links;
import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.MailReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Links whose token says which mail they came from and carries a keyed hash over it and the purpose. They need no table and do
 * not expire: an unsubscribe link works for as long as somebody keeps the mail.
 */
final class HmacLinks implements Links {
    private static final int PARTS = 3;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final String base;
    private final Seal seal;

    HmacLinks(URI publicUrl, Seal seal) {
        String url = publicUrl.toString();
        this.base = url.endsWith("/") ? url : url + "/";
        this.seal = seal;
    }

    @Override
    public String to(LinkPurpose purpose, MailReference mail) {
        byte[] content = content(mail);
        return base + purpose.path() + "/" + ENCODER.encodeToString(content) + "."
                + ENCODER.encodeToString(seal.hash(purpose.path(), content));
    }

    @Override
    public Optional<MailReference> read(LinkPurpose purpose, String token) {
        int dot = token.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            byte[] content = DECODER.decode(token.substring(0, dot));
            byte[] hash = DECODER.decode(token.substring(dot + 1));
            return seal.holds(hash, purpose.path(), content) ? Optional.of(reference(content)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] content(MailReference mail) {
        return String.join("\n", mail.occurrence(), mail.step(), mail.contact()).getBytes(StandardCharsets.UTF_8);
    }

    private static MailReference reference(byte[] content) {
        String[] parts = new String(content, StandardCharsets.UTF_8).split("\n", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("a link of another version");
        }
        return MailReference.of(parts[0], parts[1], parts[2]);
    }
}
