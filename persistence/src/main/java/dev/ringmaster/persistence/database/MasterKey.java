package dev.ringmaster.persistence.database;

import java.nio.file.Path;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The key that wraps the keys of personal values (AES-256). It never leaves its file and this process.
public final class MasterKey {
    private static final int BYTES = 32;

    private final byte[] key;

    private MasterKey(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("A master key has 32 bytes, this one has " + key.length);
        }
        this.key = key.clone();
    }

    public static Path file(Path secrets) {
        return secrets.resolve("personal-values.key");
    }

    /// The master key of this folder; drawn when there is none.
    public static MasterKey in(Path secrets) {
        return read(file(secrets));
    }

    public static MasterKey read(Path file) {
        return new MasterKey(Base64.getUrlDecoder().decode(Secrets.text(file)));
    }

    public SecretKey secret() {
        return new SecretKeySpec(key, "AES");
    }
}
