package dev.ringmaster.persistence.journal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Wraps keys with the master key: AES-256-GCM, bound to the subject so that two rows cannot be exchanged.
final class KeyWrap {
    static final int KEY_BYTES = 32;

    private final SecretKey master;
    private final SecureRandom random = new SecureRandom();

    KeyWrap(SecretKey master) {
        this.master = master;
    }

    byte[] wrap(byte[] key, String subject) {
        return Gcm.seal(master, random, key, subject.getBytes(StandardCharsets.UTF_8));
    }

    SecretKey unwrap(byte[] wrapped, String subject) {
        return new SecretKeySpec(Gcm.open(master, wrapped, subject.getBytes(StandardCharsets.UTF_8)), "AES");
    }

    /// AES-GCM with a drawn nonce of 96 bits in front and a tag of 128 bits behind.
    static final class Gcm {
        private static final int NONCE_BYTES = 12;
        private static final int TAG_BITS = 128;

        /// One a thread: looking a cipher up among the providers costs more than sealing a number with it.
        private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Gcm::newCipher);

        private Gcm() {}

        private static Cipher newCipher() {
            try {
                return Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This Java knows no AES-GCM", e);
            }
        }

        static byte[] seal(SecretKey key, SecureRandom random, byte[] plain, byte[] boundTo) {
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            try {
                var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, boundTo);
                var sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
                cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
                return sealed;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-GCM cannot seal", e);
            }
        }

        static byte[] open(SecretKey key, byte[] sealed, byte[] boundTo) {
            try {
                var cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE_BYTES), boundTo);
                return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("A sealed value does not open: wrong master key, or it was changed", e);
            }
        }

        private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] boundTo)
                throws GeneralSecurityException {
            var cipher = CIPHER.get();
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(boundTo);
            return cipher;
        }
    }
}
