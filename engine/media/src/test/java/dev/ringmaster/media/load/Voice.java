package dev.ringmaster.media.load;

import dev.ringmaster.media.rtp.RtpPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// One party's sound: says a packet of PCMU every 20 ms that holds its number and the time at which it was said, and
/// counts those of the other party. On the thread of [Voices] but for the methods that say otherwise.
class Voice {
    private static final int MAGIC = 0x526D_7A11;
    static final int PAYLOAD_BYTES = 160;

    final DatagramChannel channel;
    private final Figures figures;
    private final int ssrc;
    private final RtpPacket packet = new RtpPacket();
    private volatile boolean speaking;
    private int sequence;
    private int said;
    private int firstHeard = -1;
    private int lastHeard = -1;
    private long heard;
    private long heardAt;

    Voice(Figures figures, int ssrc) throws IOException {
        this.figures = figures;
        this.ssrc = ssrc;
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
    }

    final int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /// From any thread.
    final void connect(int port) throws IOException {
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /// From any thread.
    final void speak(boolean on) {
        speaking = on;
    }

    /// Forgets what it has heard.
    final void reset() {
        firstHeard = -1;
        lastHeard = -1;
        heard = 0;
        heardAt = 0;
    }

    /// Says its packet of these 20 ms.
    ///
    /// @param out as long as any packet
    void tick(byte[] out, ByteBuffer buffer, long now) {
        if (!speaking) {
            return;
        }
        RtpPacket.writeHeader(out, 0, sequence == 0, sequence & 0xFFFF, sequence * PAYLOAD_BYTES, ssrc);
        sequence++;
        var payload = ByteBuffer.wrap(out);
        payload.putInt(12, MAGIC).putInt(16, said++).putLong(20, System.nanoTime());
        for (var i = 28; i < 12 + PAYLOAD_BYTES; i++) {
            out[i] = (byte) 0xD5;
        }
        var length = protect(out, 12 + PAYLOAD_BYTES);
        if (length > 0 && send(buffer, length)) {
            figures.sent++;
        }
    }

    final boolean send(ByteBuffer buffer, int length) {
        buffer.clear().limit(length);
        try {
            return channel.write(buffer) > 0;
        } catch (IOException _) {
            return false; // a port that is closed already
        }
    }

    int protect(byte[] bytes, int length) {
        return length;
    }

    /// @return the length of the plain packet, or what is not positive when there is none
    int unprotect(byte[] bytes, int length) {
        return length;
    }

    final void datagram(byte[] in, int length, long now) {
        var plain = unprotect(in, length);
        if (plain <= 0
                || RtpPacket.isRtcp(in, plain)
                || !packet.parse(in, plain)
                || packet.payloadLength() != PAYLOAD_BYTES) {
            return;
        }
        var payload = ByteBuffer.wrap(in);
        var at = packet.payloadAt();
        if (payload.getInt(at) != MAGIC) {
            figures.otherHeard++;
            return;
        }
        var number = payload.getInt(at + 4);
        if (firstHeard < 0) {
            firstHeard = number;
        }
        lastHeard = Math.max(lastHeard, number);
        heard++;
        figures.heard(now - payload.getLong(at + 8), heardAt == 0 ? -1 : now - heardAt);
        heardAt = now;
    }

    final long heard() {
        return heard;
    }

    /// Packets of the other party that did not come, between the first and the last that did.
    final long lost() {
        return firstHeard < 0 ? 0 : lastHeard - firstHeard + 1 - heard;
    }

    void close() throws IOException {
        channel.close();
    }
}
