package dev.ringmaster.persistence.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// Secrets that this node draws for itself at the first start: files that only its user can read.
public final class Secrets {
    private static final int BYTES = 32;

    private Secrets() {}

    /// The secret of this file, 256 bits in base64url; drawn when there is none.
    public static String text(Path file) {
        try {
            if (!Files.exists(file)) {
                draw(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new DatabaseException("The secret " + file + " cannot be read", e);
        }
    }

    private static void draw(Path file) throws IOException {
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        var beside = Files.createTempFile(
                file.getParent(),
                "new",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        try {
            // Renamed when whole: half a key would lock everything away for ever.
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException _) {
            Files.delete(beside);
        }
    }
}
