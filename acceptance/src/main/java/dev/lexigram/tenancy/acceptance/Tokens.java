package dev.lexigram.tenancy.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** The identity provider of the tests: signs tokens with a key made for this JVM. */
public final class Tokens {

    private static final KeyPair KEYS = newKeys();

    private Tokens() {}

    /** A token of a user whose identity provider says which tenant the user belongs to. */
    public static String of(String user, String tenant) {
        return sign(claims(user).claim("tenant_id", tenant).build());
    }

    /** A token that says who the user is and nothing about tenants. */
    public static String of(String user) {
        return sign(claims(user).build());
    }

    /** The half of the key that the service gets, in PEM; deleted with the JVM. */
    static Path publicKeyFile() {
        try {
            var file = Files.createTempFile("invoicing", ".pem");
            file.toFile().deleteOnExit();
            var body = Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded());
            return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JWTClaimsSet.Builder claims(String user) {
        return new JWTClaimsSet.Builder()
                .subject(user)
                .audience("invoicing")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(12))));
    }

    private static String sign(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
            token.sign(new RSASSASigner(KEYS.getPrivate()));
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException("Could not sign a token", failure);
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
