package dev.ringmaster.media.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/// The fingerprint of a certificate as SDP writes it (RFC 8122): `sha-256 AB:CD:…`.
public final class Fingerprint {
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();
    /// SHA-1 and older prove nothing any more.
    private static final Map<String, String> ALGORITHMS =
            Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

    private Fingerprint() {}

    public static String of(byte[] certificate) {
        return "sha-256 " + HEX.formatHex(digest("SHA-256", certificate));
    }

    /// Whether that certificate is the announced one.
    public static boolean matches(String announced, byte[] certificate) {
        var parts = announced.trim().split("\\s+", 2);
        var algorithm = ALGORITHMS.get(parts[0].toLowerCase(Locale.ROOT));
        if (algorithm == null || parts.length < 2) {
            return false;
        }
        try {
            return MessageDigest.isEqual(HEX.parseHex(parts[1].trim()), digest(algorithm, certificate));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException fault) {
            throw new IllegalStateException("every JDK has " + algorithm, fault);
        }
    }
}
