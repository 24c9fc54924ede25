package dev.ringmaster.media.stream;

import dev.ringmaster.media.MediaStream;
import dev.ringmaster.media.Remote;
import dev.ringmaster.media.RtpStream;
import dev.ringmaster.media.StreamListener;
import dev.ringmaster.media.StreamSpec;
import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.media.rtp.SourceLatch;
import dev.ringmaster.media.shard.Shard;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A telephone leg: plain RTP on a pair of ports of its own.
public final class PlainLeg extends LiveStream implements RtpStream {
    private final PortPair ports;
    private final InetSocketAddress advertised;
    private final SourceLatch latch = new SourceLatch();
    private @Nullable Remote remote;

    public PlainLeg(
            StreamSpec spec,
            StreamListener listener,
            Hub hub,
            Shard shard,
            PortPair ports,
            InetSocketAddress advertised) {
        super(spec, listener, hub, shard);
        this.ports = ports;
        this.advertised = advertised;
    }

    /// Begins to listen.
    public void open() {
        shard.submit(() -> {
            shard.join(this);
            shard.listen(ports.rtp(), this::datagram);
            shard.listen(ports.rtcp(), this::controlDatagram);
        });
    }

    @Override
    public InetSocketAddress advertised() {
        return advertised;
    }

    @Override
    public int localPort() {
        return ports.port();
    }

    @Override
    public void remote(Remote wished) {
        Objects.requireNonNull(wished);
        shard.submit(() -> {
            if (!wished.equals(remote)) {
                remote = wished;
                latch.announce(wished.rtp());
                send(wished.codec(), wished.telephoneEvent());
            }
        });
    }

    @Override
    public MediaStream handle() {
        return this;
    }

    @Override
    protected boolean canSend() {
        return remote != null && remote.receives() && !isClosed();
    }

    @Override
    protected boolean expectsMedia() {
        return remote != null && remote.sends();
    }

    @Override
    protected boolean transmit(int length) {
        var to = latch.target();
        return to != null && shard.send(ports.rtp(), to, length);
    }

    @Override
    protected boolean transmitControl(int length) {
        var known = remote;
        var real = latch.target();
        if (known == null || real == null) {
            return false;
        }
        if (known.rtcp().equals(known.rtp())) {
            return shard.send(ports.rtp(), real, length);
        }
        // a peer behind a NAT: its RTCP comes from where its RTP comes from, one port up at best
        var to = real.equals(known.rtp())
                ? known.rtcp()
                : new InetSocketAddress(real.getAddress(), Math.min(65_535, real.getPort() + 1));
        return shard.send(ports.rtcp(), to, length);
    }

    @Override
    protected void everySecond(long nowNanos) {}

    @Override
    protected void closeTransport() {
        ports.close();
    }

    private void datagram(int length, SocketAddress from, long nowNanos) {
        if (RtpPacket.isRtcp(shard.in, length)) {
            controlDatagram(length, from, nowNanos);
            return;
        }
        var rtp = packet();
        if (rtp.parse(shard.in, length)
                && from instanceof InetSocketAddress peer
                && latch.accepts(peer, rtp.ssrc(), rtp.sequence())) {
            receive(rtp, nowNanos);
        } else {
            refuse();
        }
    }

    private void controlDatagram(int length, SocketAddress from, long nowNanos) {
        var peer = latch.target();
        if (peer != null
                && from instanceof InetSocketAddress sender
                && peer.getAddress().equals(sender.getAddress())) {
            receiveControl(length, nowNanos);
        } else {
            refuse();
        }
    }
}
