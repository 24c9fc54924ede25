package dev.ringmaster.media.webrtc;

import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.media.shard.Shard;
import dev.ringmaster.media.stun.StunRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;

/// The one UDP port of all browsers' lines. A check finds its line by our ufrag; everything else by the address
/// from which an authentic check has come. Both tables belong to the port's shard.
///
/// All lines live on that one shard: a packet of a line costs it about 3 µs with its cipher, so that one core
/// carries some thousands of them, and sound for calls on other shards crosses by their rings.
public final class WebPort implements AutoCloseable {
    private final DatagramChannel channel;
    private final Shard shard;
    private final Map<String, BrowserLine> byUfrag = new HashMap<>();
    private final Map<SocketAddress, BrowserLine> byAddress = new HashMap<>();

    public WebPort(DatagramChannel channel, Shard shard) {
        this.channel = channel;
        this.shard = shard;
    }

    public void open() {
        shard.submit(() -> shard.listenToMany(channel, this::datagram));
    }

    public int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    void listenFor(String ufrag, BrowserLine line) {
        byUfrag.put(ufrag, line);
    }

    void forget(String ufrag) {
        byUfrag.remove(ufrag);
    }

    void listenTo(SocketAddress address, BrowserLine line) {
        byAddress.put(address, line);
    }

    void forget(SocketAddress address, BrowserLine line) {
        byAddress.remove(address, line);
    }

    /// Sends the first bytes of [Shard#out].
    boolean send(SocketAddress to, int length) {
        return shard.send(channel, to, length);
    }

    /// Sends from any thread.
    void send(SocketAddress to, byte[] bytes, int at, int length) throws IOException {
        channel.send(ByteBuffer.wrap(bytes, at, length), to);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// RFC 7983: the first byte says what it is.
    private void datagram(int length, SocketAddress from, long nowNanos) {
        if (length < 12) {
            return;
        }
        int first = shard.in[0] & 0xFF;
        if (first < 4) {
            check(length, from, nowNanos);
            return;
        }
        var line = byAddress.get(from);
        if (line == null) {
            return;
        }
        if (first >= 20 && first <= 63) {
            line.handshake(length);
        } else if (first >= 128 && first <= 191) {
            if (RtpPacket.isRtcp(shard.in, length)) {
                line.securedControl(length, nowNanos);
            } else {
                line.secured(length, nowNanos);
            }
        }
    }

    private void check(int length, SocketAddress from, long nowNanos) {
        var request = StunRequest.read(shard.in, length);
        if (request == null || !(from instanceof InetSocketAddress sender)) {
            return;
        }
        var name = request.username();
        int colon = name.indexOf(':');
        var line = colon < 0 ? null : byUfrag.get(name.substring(0, colon));
        if (line != null) {
            line.check(request, name.substring(colon + 1), sender, nowNanos);
        }
    }
}
