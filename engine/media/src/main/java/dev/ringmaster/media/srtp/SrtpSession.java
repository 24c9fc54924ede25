package dev.ringmaster.media.srtp;

import java.security.GeneralSecurityException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.LoggerImpl;
import org.jspecify.annotations.Nullable;

/// SRTP and SRTCP of one association, in place in a byte array. One thread.
public final class SrtpSession {
    /// The longest that protection adds to a packet: a tag of 10 bytes, and 4 of index for RTCP.
    public static final int OVERHEAD_BYTES = 14;

    /// Kept, so that its level stays.
    private static final Logger LIBRARY = Logger.getLogger("org.jitsi");

    static {
        LIBRARY.setLevel(Level.WARNING);
        // else the library measures all ciphers on first use, on the thread that is just relaying sound: seconds
        Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
    }

    private final SrtpContextFactory sending;
    private final SrtpContextFactory receiving;
    private final Window window = new Window();
    private final SrtpCryptoContext send;
    private final SrtcpCryptoContext sendControl;
    private @Nullable SrtpCryptoContext receive;
    private int receiveSsrc;
    private @Nullable SrtcpCryptoContext receiveControl;
    private int receiveControlSsrc;

    /// @param server whether we are the DTLS server, and so send with its keys
    /// @param ssrc our own
    public SrtpSession(SrtpKeys keys, boolean server, int ssrc) throws GeneralSecurityException {
        var logger = new LoggerImpl(SrtpSession.class.getName(), Level.WARNING);
        sending = new SrtpContextFactory(
                true,
                server ? keys.serverKey : keys.clientKey,
                server ? keys.serverSalt : keys.clientSalt,
                policy(),
                policy(),
                logger);
        receiving = new SrtpContextFactory(
                false,
                server ? keys.clientKey : keys.serverKey,
                server ? keys.clientSalt : keys.serverSalt,
                policy(),
                policy(),
                logger);
        send = sending.deriveContext(ssrc, 0);
        sendControl = sending.deriveControlContext(ssrc);
    }

    /// Loads and warms what the first packet of the first line would wait for.
    public static void warmUp() throws GeneralSecurityException {
        var keys = new SrtpKeys(new byte[SrtpKeys.BYTES]);
        var there = new SrtpSession(keys, true, 1);
        var here = new SrtpSession(keys, false, 2);
        var packet = new byte[256];
        for (int i = 0; i < 200; i++) {
            packet[0] = (byte) 0x80;
            packet[1] = 0;
            packet[2] = (byte) (i >> 8);
            packet[3] = (byte) i;
            packet[11] = 1;
            here.unprotect(packet, there.protect(packet, 172));
        }
        there.close();
        here.close();
    }

    /// @return the length of the protected packet, -1 when it cannot be protected
    public int protect(byte[] packet, int length) {
        try {
            window.set(packet, length);
            return send.transformPacket(window) == SrtpErrorStatus.OK ? window.getLength() : -1;
        } catch (GeneralSecurityException | RuntimeException _) {
            return -1;
        }
    }

    public int protectControl(byte[] packet, int length) {
        try {
            window.set(packet, length);
            return sendControl.transformPacket(window) == SrtpErrorStatus.OK ? window.getLength() : -1;
        } catch (GeneralSecurityException | RuntimeException _) {
            return -1;
        }
    }

    /// @return the length of the plain packet, -1 when it is not authentic, repeated or malformed
    public int unprotect(byte[] packet, int length) {
        if (length < 12 + 10) {
            return -1;
        }
        int ssrc = int32(packet, 8);
        try {
            var context = receive;
            boolean fresh = context == null || ssrc != receiveSsrc;
            if (context == null || fresh) {
                context = receiving.deriveContext(ssrc, 0);
            }
            window.set(packet, length);
            if (context.reverseTransformPacket(window, false) != SrtpErrorStatus.OK) {
                return -1;
            }
            // a new source counts only once a packet of it was authentic
            receive = context;
            receiveSsrc = ssrc;
            return window.getLength();
        } catch (GeneralSecurityException | RuntimeException _) {
            return -1;
        }
    }

    public int unprotectControl(byte[] packet, int length) {
        if (length < 8 + OVERHEAD_BYTES) {
            return -1;
        }
        int ssrc = int32(packet, 4);
        try {
            var context = receiveControl;
            if (context == null || ssrc != receiveControlSsrc) {
                context = receiving.deriveControlContext(ssrc);
            }
            window.set(packet, length);
            if (context.reverseTransformPacket(window) != SrtpErrorStatus.OK) {
                return -1;
            }
            receiveControl = context;
            receiveControlSsrc = ssrc;
            return window.getLength();
        } catch (GeneralSecurityException | RuntimeException _) {
            return -1;
        }
    }

    public void close() {
        sending.close();
        receiving.close();
    }

    private static SrtpPolicy policy() {
        return new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
    }

    private static int int32(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 24)
                | ((bytes[at + 1] & 0xFF) << 16)
                | ((bytes[at + 2] & 0xFF) << 8)
                | (bytes[at + 3] & 0xFF);
    }
}
