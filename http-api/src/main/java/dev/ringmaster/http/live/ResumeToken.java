package dev.ringmaster.http.live;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Proves that the same browser comes back (AGT-012): the browser keeps the token, the agent entity its hash.
record ResumeToken(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static ResumeToken draw() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return new ResumeToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return "ResumeToken(***)";
    }
}
