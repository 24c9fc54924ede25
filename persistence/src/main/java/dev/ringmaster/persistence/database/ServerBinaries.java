package dev.ringmaster.persistence.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs of the embedded PostgreSQL (zonky's build), unpacked once into a folder named after their content.
final class ServerBinaries {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    private ServerBinaries() {}

    /// @param folder where unpacked versions are kept
    /// @return the folder with `bin`, `lib` and `share`
    static Path unpacked(Path folder) {
        try {
            var home = folder.resolve("pg-" + fingerprint());
            if (!Files.isDirectory(home)) {
                // Unpacked beside and renamed, so that a kill in the middle leaves no half of it under the final name.
                var beside = folder.resolve("unpacking-" + UUID.randomUUID());
                Files.createDirectories(beside);
                unpack(beside);
                moveInPlace(beside, home);
            }
            return home;
        } catch (IOException e) {
            throw new DatabaseException("The embedded PostgreSQL cannot be unpacked into " + folder, e);
        }
    }

    private static void moveInPlace(Path beside, Path home) throws IOException {
        try {
            Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException _) {
            // Another process was as fast, and unpacked the same.
        }
    }

    private static InputStream archive() {
        var stream = ServerBinaries.class.getResourceAsStream(ARCHIVE);
        if (stream == null) {
            throw new DatabaseException(
                    "There is no embedded PostgreSQL for this kind of machine; set RINGMASTER_DATABASE.");
        }
        return stream;
    }

    private static String fingerprint() throws IOException {
        try (var in = new DigestInputStream(archive(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void unpack(Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive())))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                var file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("The archive leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    var mode = (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--";
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
                }
            }
        }
    }
}
