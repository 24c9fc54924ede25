package dev.ringmaster.media.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A STUN Binding request (RFC 8489), and the answer to it.
///
/// Read by [#read], believed only after [#isAuthentic].
public final class StunRequest {
    private static final int HEADER_BYTES = 20;
    private static final int COOKIE = 0x2112_A442;
    private static final int BINDING_REQUEST = 0x0001;
    private static final int BINDING_SUCCESS = 0x0101;
    private static final int USERNAME = 0x0006;
    private static final int MESSAGE_INTEGRITY = 0x0008;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int FINGERPRINT = 0x8028;
    private static final int FINGERPRINT_XOR = 0x5354_554E;
    private static final int INTEGRITY_BYTES = 20;

    private final byte[] message;
    private final String username;
    private final boolean nominates;
    private final int integrityAt;

    private StunRequest(byte[] message, String username, boolean nominates, int integrityAt) {
        this.message = message;
        this.username = username;
        this.nominates = nominates;
        this.integrityAt = integrityAt;
    }

    /// @return null when it is no well-formed Binding request with a name and integrity
    public static @Nullable StunRequest read(byte[] bytes, int length) {
        if (length < HEADER_BYTES) {
            return null;
        }
        var message = Arrays.copyOf(bytes, length);
        var in = ByteBuffer.wrap(message);
        if (in.getShort(0) != BINDING_REQUEST
                || in.getInt(4) != COOKIE
                || Short.toUnsignedInt(in.getShort(2)) != length - HEADER_BYTES
                || length % 4 != 0) {
            return null;
        }
        String username = null;
        boolean nominates = false;
        for (int at = HEADER_BYTES; at + 4 <= length; ) {
            int type = Short.toUnsignedInt(in.getShort(at));
            int size = Short.toUnsignedInt(in.getShort(at + 2));
            if (at + 4 + size > length) {
                return null;
            }
            if (type == USERNAME) {
                username = new String(message, at + 4, size, StandardCharsets.UTF_8);
            } else if (type == USE_CANDIDATE) {
                nominates = true;
            } else if (type == MESSAGE_INTEGRITY) {
                // what stands after it, but for the fingerprint, does not count
                return size == INTEGRITY_BYTES && username != null
                        ? new StunRequest(message, username, nominates, at)
                        : null;
            }
            at += 4 + (size + 3) / 4 * 4;
        }
        return null;
    }

    /// `‹our ufrag›:‹their ufrag›`.
    public String username() {
        return username;
    }

    /// Whether the controlling side has chosen this pair of addresses.
    public boolean nominates() {
        return nominates;
    }

    /// Whether whoever sent it knows our password.
    public boolean isAuthentic(String password) {
        var covered = Arrays.copyOf(message, integrityAt);
        ByteBuffer.wrap(covered).putShort(2, (short) (integrityAt + 4 + INTEGRITY_BYTES - HEADER_BYTES));
        var said = Arrays.copyOfRange(message, integrityAt + 4, integrityAt + 4 + INTEGRITY_BYTES);
        return MessageDigest.isEqual(hmac(password, covered, covered.length), said);
    }

    /// The answer: where we see the sender.
    public byte[] success(InetSocketAddress from, String password) {
        var ip = from.getAddress().getAddress();
        var answer = new byte[HEADER_BYTES + 8 + ip.length + 4 + INTEGRITY_BYTES + 8];
        var out = ByteBuffer.wrap(answer);
        out.putShort((short) BINDING_SUCCESS).putShort((short) 0).put(message, 4, 16);
        out.putShort((short) XOR_MAPPED_ADDRESS).putShort((short) (4 + ip.length));
        out.putShort((short) (ip.length == 4 ? 1 : 2)).putShort((short) (from.getPort() ^ (COOKIE >>> 16)));
        for (int i = 0; i < ip.length; i++) {
            out.put((byte) (ip[i] ^ message[4 + i]));
        }
        return finish(answer, out, password);
    }

    /// Adds integrity and fingerprint to a message.
    private static byte[] finish(byte[] bytes, ByteBuffer out, String password) {
        int at = out.position();
        out.putShort(2, (short) (at + 4 + INTEGRITY_BYTES - HEADER_BYTES));
        out.putShort((short) MESSAGE_INTEGRITY)
                .putShort((short) INTEGRITY_BYTES)
                .put(hmac(password, bytes, at));
        at = out.position();
        out.putShort(2, (short) (at + 8 - HEADER_BYTES));
        var crc = new CRC32();
        crc.update(bytes, 0, at);
        out.putShort((short) FINGERPRINT).putShort((short) 4).putInt((int) crc.getValue() ^ FINGERPRINT_XOR);
        return bytes;
    }

    private static byte[] hmac(String password, byte[] bytes, int length) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("every JDK has HmacSHA1", fault);
        }
    }

    /// A request as a browser sends it, for whoever must be one.
    public static byte[] request(byte[] transaction, String username, String password, boolean nominates) {
        var name = username.getBytes(StandardCharsets.UTF_8);
        int padded = (name.length + 3) / 4 * 4;
        var request = new byte[HEADER_BYTES + 4 + padded + (nominates ? 4 : 0) + 4 + INTEGRITY_BYTES + 8];
        var out = ByteBuffer.wrap(request);
        out.putShort((short) BINDING_REQUEST).putShort((short) 0).putInt(COOKIE).put(transaction, 0, 12);
        out.putShort((short) USERNAME).putShort((short) name.length).put(name);
        out.position(HEADER_BYTES + 4 + padded);
        if (nominates) {
            out.putShort((short) USE_CANDIDATE).putShort((short) 0);
        }
        return finish(request, out, password);
    }
}
