package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in Galois/Counter mode (NIST SP 800-38D) with a random nonce of 12 bytes, which stands in front; the secret's name is
 * authenticated, so that one cannot be put in the place of another. Immutable.
 */
final class SecretCipher {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private SecretCipher(SecretKeySpec key) {
        this.key = key;
    }

    /** @throws TenancyConfigurationException if these are not 32 bytes in Base64 */
    static SecretCipher of(Secret key) {
        try {
            var bytes = Base64.getDecoder().decode(key.reveal());
            if (bytes.length == KEY_BYTES) {
                return new SecretCipher(new SecretKeySpec(bytes, "AES"));
            }
        } catch (IllegalArgumentException noBase64) {
            // told below, without the text
        }
        throw TenancyConfigurationException.of(
                List.of("databases.secret_key must be 32 bytes in Base64, such as openssl rand -base64 32 prints"));
    }

    byte[] seal(String name, Secret secret) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce)
                    .doFinal(secret.reveal().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES-GCM", impossible);
        }
    }

    /** Empty if it was sealed with another key or under another name, or was changed. */
    Optional<Secret> open(String name, byte[] sealed) {
        if (sealed.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        var nonce = new byte[NONCE_BYTES];
        System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
        try {
            var text =
                    cipher(Cipher.DECRYPT_MODE, name, nonce).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return Optional.of(new Secret(new String(text, StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
