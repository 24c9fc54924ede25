package dev.ringmaster.media.srtp;

import java.util.Arrays;

/// Master keys and salts of both directions for AES-CM-128 with HMAC-SHA1-80, as the DTLS handshake gives them out
/// (RFC 5764 §4.2).
public final class SrtpKeys {
    /// What is to be exported: two keys of 16 bytes, two salts of 14.
    public static final int BYTES = 2 * (16 + 14);

    final byte[] clientKey;
    final byte[] serverKey;
    final byte[] clientSalt;
    final byte[] serverSalt;

    public SrtpKeys(byte[] exported) {
        if (exported.length != BYTES) {
            throw new IllegalArgumentException("not the keying material of this profile");
        }
        clientKey = Arrays.copyOfRange(exported, 0, 16);
        serverKey = Arrays.copyOfRange(exported, 16, 32);
        clientSalt = Arrays.copyOfRange(exported, 32, 46);
        serverSalt = Arrays.copyOfRange(exported, 46, 60);
    }
}
