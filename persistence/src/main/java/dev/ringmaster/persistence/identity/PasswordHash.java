package dev.ringmaster.persistence.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id (RFC 9106) in the usual text form `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
final class PasswordHash {
    /// 19 MiB, two passes: OWASP's smallest recommended setting. More memory costs a guesser more, and us at every
    /// login.
    private static final int MEMORY_KIB = 19 * 1024;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /// Hashes at once: each holds its memory, so a flood of logins waits here and not in the garbage collector.
    private static final Semaphore PLACES = new Semaphore(4);

    private static final SecureRandom RANDOM = new SecureRandom();

    private PasswordHash() {}

    static String of(String password) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        var hash = derive(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        var text = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + text.encodeToString(salt) + "$"
                + text.encodeToString(hash);
    }

    static boolean matches(String password, String encoded) {
        var parts = encoded.split("\\$", -1);
        if (parts.length != 6 || !parts[1].equals("argon2id") || !parts[2].equals("v=19")) {
            throw new IllegalStateException("Not a password hash of ours");
        }
        var costs = parts[3].split(",", -1);
        var salt = Base64.getDecoder().decode(parts[4]);
        var expected = Base64.getDecoder().decode(parts[5]);
        var actual = derive(password, salt, cost(costs[0]), cost(costs[1]), cost(costs[2]), expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static int cost(String named) {
        return Integer.parseInt(named.substring(2));
    }

    private static byte[] derive(String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build();
        var generator = new Argon2BytesGenerator();
        generator.init(parameters);
        var hash = new byte[length];
        PLACES.acquireUninterruptibly();
        try {
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            PLACES.release();
        }
        return hash;
    }
}
