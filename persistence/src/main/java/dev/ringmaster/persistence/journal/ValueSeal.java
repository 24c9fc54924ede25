package dev.ringmaster.persistence.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import javax.crypto.SecretKey;

/// Seals and opens values with the key of one subject.
final class ValueSeal {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;
    private final byte[] boundTo;

    ValueSeal(SecretKey key, long keyId) {
        this.key = key;
        this.boundTo = ByteBuffer.allocate(Long.BYTES).putLong(keyId).array();
    }

    byte[] seal(String value) {
        return KeyWrap.Gcm.seal(key, RANDOM, value.getBytes(StandardCharsets.UTF_8), boundTo);
    }

    String open(byte[] sealed) {
        return new String(KeyWrap.Gcm.open(key, sealed, boundTo), StandardCharsets.UTF_8);
    }
}
