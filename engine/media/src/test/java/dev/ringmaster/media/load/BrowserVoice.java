package dev.ringmaster.media.load;

import dev.ringmaster.media.dtls.DtlsIdentity;
import dev.ringmaster.media.dtls.SrtpClient;
import dev.ringmaster.media.srtp.SrtpSession;
import dev.ringmaster.media.stun.StunRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/// A browser's sound: ICE checks, DTLS as client, SRTP both ways.
final class BrowserVoice extends Voice {
    /// As often as Chromium checks a connection that works.
    private static final long CHECK_EVERY_NANOS = 2_500_000_000L;

    final String ufrag;
    private final DtlsIdentity identity;
    private final int ssrc;
    private final ArrayBlockingQueue<byte[]> handshake = new ArrayBlockingQueue<>(64);
    private volatile byte @Nullable [] check;
    private volatile @Nullable SrtpSession session;
    private long checkedAt;

    BrowserVoice(Figures figures, int ssrc, DtlsIdentity identity) throws IOException {
        super(figures, ssrc);
        this.ssrc = ssrc;
        this.identity = identity;
        ufrag = "load%06d".formatted(ssrc);
    }

    /// From a thread that may wait.
    void shakeHands(String serverUfrag, String password, String fingerprint)
            throws IOException, GeneralSecurityException {
        var request = StunRequest.request(
                ByteBuffer.allocate(12).putInt(ssrc).array(), serverUfrag + ":" + ufrag, password, true);
        check = request;
        channel.write(ByteBuffer.wrap(request));
        var client = new SrtpClient(identity, fingerprint);
        var _ = client.connect(new Datagrams());
        session = new SrtpSession(client.keys(), false, ssrc);
    }

    @Override
    void tick(byte[] out, ByteBuffer buffer, long now) {
        var request = check;
        if (request != null && now - checkedAt > CHECK_EVERY_NANOS) {
            checkedAt = now;
            System.arraycopy(request, 0, out, 0, request.length);
            var _ = send(buffer, request.length);
        }
        super.tick(out, buffer, now);
    }

    @Override
    int protect(byte[] bytes, int length) {
        var keys = session;
        return keys == null ? -1 : keys.protect(bytes, length);
    }

    @Override
    int unprotect(byte[] bytes, int length) {
        var first = bytes[0] & 0xFF;
        if (first >= 20 && first < 64) {
            var _ = handshake.offer(Arrays.copyOf(bytes, length));
            return -1;
        }
        var keys = session;
        return keys == null || first < 64 || dev.ringmaster.media.rtp.RtpPacket.isRtcp(bytes, length)
                ? -1
                : keys.unprotect(bytes, length);
    }

    private final class Datagrams implements DatagramTransport {
        @Override
        public int getReceiveLimit() {
            return 1_500;
        }

        @Override
        public int getSendLimit() {
            return 1_200;
        }

        @Override
        public int receive(byte[] buffer, int at, int length, int waitMs) throws IOException {
            try {
                var packet = handshake.poll(waitMs, TimeUnit.MILLISECONDS);
                if (packet == null) {
                    return -1;
                }
                var count = Math.min(length, packet.length);
                System.arraycopy(packet, 0, buffer, at, count);
                return count;
            } catch (InterruptedException _) {
                throw new IOException("interrupted");
            }
        }

        @Override
        public void send(byte[] buffer, int at, int length) throws IOException {
            channel.write(ByteBuffer.wrap(buffer, at, length));
        }

        @Override
        public void close() {}
    }
}
