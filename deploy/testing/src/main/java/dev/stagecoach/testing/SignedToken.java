package dev.stagecoach.testing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * A token as a sign-in server gives it, for a service that {@link StagecoachPlatform} configures. It is signed with a key of this
 * JVM.
 *
 * @param roles where Keycloak puts those of the realm
 * @param minutes that it is valid from now on; negative when it has expired
 */
public record SignedToken(String name, List<String> roles, String issuer, String audience, int minutes) {
    static final String ISSUER = "https://sign-in.example.com/realms/stagecoach";

    private static final String AUDIENCE = "stagecoach";
    private static final int MINUTES = 10;
    private static final int KEY_BITS = 2_048;

    /** Class loaders share the properties of the system, and nothing else: a token is made in another one than its key. */
    private static final String PRIVATE_KEY = "signed-token.private-key";

    private static final String PUBLIC_KEY = "signed-token.public-key";

    /** One that a service takes. */
    public static SignedToken of(String name, String... roles) {
        return new SignedToken(name, List.of(roles), ISSUER, AUDIENCE, MINUTES);
    }

    public SignedToken from(String otherIssuer) {
        return new SignedToken(name, roles, otherIssuer, audience, minutes);
    }

    public SignedToken forAudience(String other) {
        return new SignedToken(name, roles, issuer, other, minutes);
    }

    public SignedToken expired() {
        return new SignedToken(name, roles, issuer, audience, -MINUTES);
    }

    /** In the form that is sent. */
    public String serialized() {
        return signed(AlgorithmIdentifiers.RSA_USING_SHA256);
    }

    /** The same, without a signature. */
    public String unsigned() {
        return signed(AlgorithmIdentifiers.NONE);
    }

    private String signed(String algorithm) {
        var claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(audience);
        claims.setSubject("id-of-" + name);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(minutes);
        claims.setClaim("preferred_username", name);
        claims.setClaim("realm_access", Map.of("roles", roles));
        var token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue(algorithm);
        if (algorithm.equals(AlgorithmIdentifiers.NONE)) {
            token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        } else {
            token.setKey(privateKey());
        }
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("a token cannot be signed", e);
        }
    }

    /** What services check signatures with, in Base64. */
    static synchronized String publicKey() {
        if (System.getProperty(PUBLIC_KEY) == null) {
            KeyPair keys = keys();
            System.setProperty(PRIVATE_KEY, base64(keys.getPrivate().getEncoded()));
            System.setProperty(PUBLIC_KEY, base64(keys.getPublic().getEncoded()));
        }
        return System.getProperty(PUBLIC_KEY);
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM makes no keys", e);
        }
    }

    private static PrivateKey privateKey() {
        publicKey();
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getDecoder().decode(System.getProperty(PRIVATE_KEY))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of this JVM cannot be read", e);
        }
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}
