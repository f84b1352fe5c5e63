package dev.lexigram.tenancy.spring;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;

/** An identity provider with a key made for this JVM. */
public final class Tokens {

    public static final String AUDIENCE = "notes";

    private static final KeyPair KEYS = newKeys();

    private Tokens() {}

    public static KeyPair keys() {
        return KEYS;
    }

    /** A token of this user that names a tenant. */
    static String of(String user, String tenant) {
        return signed(claims(user).claim("tenant_id", tenant).build());
    }

    /** A token of this user that names no tenant. */
    static String of(String user) {
        return signed(claims(user).build());
    }

    static JWTClaimsSet.Builder claims(String user) {
        return new JWTClaimsSet.Builder().subject(user).audience(AUDIENCE).expirationTime(in(3600));
    }

    static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    static String signed(JWTClaimsSet claims) {
        return signed(new JWSHeader(JWSAlgorithm.RS256), claims, new RSASSASigner(KEYS.getPrivate()));
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
