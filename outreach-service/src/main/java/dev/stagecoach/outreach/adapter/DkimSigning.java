package dev.stagecoach.outreach.adapter;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.simplejavamail.utils.mail.dkim.Canonicalization;
import org.simplejavamail.utils.mail.dkim.DkimException;
import org.simplejavamail.utils.mail.dkim.DkimMessage;
import org.simplejavamail.utils.mail.dkim.DkimSigner;
import org.simplejavamail.utils.mail.dkim.SigningAlgorithm;

/** DKIM (RFC 6376) with RSA and SHA-256. The headers of RFC 8058 are signed, or mailboxes do not offer to unsubscribe in one click. */
record DkimSigning(String domain, String selector, RSAPrivateKey key) implements Signing {
    private static final List<String> SIGNED = List.of(
            "From",
            "Reply-To",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "Auto-Submitted",
            "List-Id",
            "List-Unsubscribe",
            "List-Unsubscribe-Post");
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    /**
     * Signs with the key in a file.
     *
     * @throws IllegalArgumentException when there is no such key
     */
    static DkimSigning withKey(String domain, String selector, Path file) {
        try {
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            int begin = pem.indexOf(BEGIN);
            int end = pem.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException("stagecoach.outreach.dkim.private-key: " + file + ": no " + BEGIN
                        + " (expected: an RSA key in PKCS #8, as `openssl genpkey" + " -algorithm RSA` writes it)");
            }
            byte[] key = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            return new DkimSigning(domain, selector, (RSAPrivateKey)
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("stagecoach.outreach.dkim.private-key: " + file + " cannot be read", e);
        }
    }

    @Override
    public MimeMessage sign(MimeMessage mail) throws MessagingException {
        try {
            // A signer has a state while it signs.
            DkimSigner signer = new DkimSigner(domain, selector, key);
            signer.setSigningAlgorithm(SigningAlgorithm.SHA256_WITH_RSA);
            signer.setHeaderCanonicalization(Canonicalization.RELAXED);
            signer.setBodyCanonicalization(Canonicalization.RELAXED);
            signer.setLengthParam(false);
            signer.setCopyHeaderFields(false);
            // Whether the public key is published is nothing to ask for each mail.
            signer.setCheckDomainKey(false);
            SIGNED.forEach(signer::addHeaderToSign);
            return new DkimMessage(mail, signer);
        } catch (DkimException e) {
            throw new MessagingException("the mail cannot be signed", e);
        }
    }

    /** Says whose it is, and not the key. */
    @Override
    public String toString() {
        return selector + "._domainkey." + domain;
    }
}
