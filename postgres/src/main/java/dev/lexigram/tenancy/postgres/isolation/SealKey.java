package dev.lexigram.tenancy.postgres.isolation;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs the tokens of sealed mode, with its public name. Immutable; it never shows its secret. */
public final class SealKey {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int MIN_BYTES = 32;
    private static final int PAD_BYTES = 64; // the block of SHA-256; a longer key would have to be hashed first
    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final byte[] secret;

    private SealKey(String id, byte[] secret) {
        this.id = id;
        this.secret = secret;
    }

    /**
     * A key from where secrets are kept.
     *
     * @param id names it in tokens and in the database; each id is used for one key only
     * @param secret 32 to 64 random bytes
     * @throws IllegalArgumentException if the id or the length does not fit
     */
    public static SealKey of(String id, byte[] secret) {
        if (id.length() > 32 || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("The id of a seal key must be 1 to 32 letters, digits, _ or -");
        }
        if (secret.length < MIN_BYTES || secret.length > PAD_BYTES) {
            throw new IllegalArgumentException("The secret of a seal key must be " + MIN_BYTES + " to " + PAD_BYTES
                    + " bytes but is " + secret.length);
        }
        return new SealKey(id, secret.clone());
    }

    /** A new key with a random secret. */
    public static SealKey random(String id) {
        var secret = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(secret);
        return of(id, secret);
    }

    public String id() {
        return id;
    }

    /** A copy, to put it where secrets are kept. */
    public byte[] secret() {
        return secret.clone();
    }

    byte[] sign(byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, missing);
        }
    }

    byte[] innerPad() {
        return padded(0x36);
    }

    byte[] outerPad() {
        return padded(0x5c);
    }

    private byte[] padded(int pad) {
        var bytes = Arrays.copyOf(secret, PAD_BYTES);
        for (var index = 0; index < PAD_BYTES; index++) {
            bytes[index] ^= (byte) pad;
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "SealKey " + id;
    }
}
