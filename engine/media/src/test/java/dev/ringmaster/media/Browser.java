package dev.ringmaster.media;

import dev.ringmaster.media.codec.G711;
import dev.ringmaster.media.dtls.DtlsIdentity;
import dev.ringmaster.media.dtls.SrtpClient;
import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.media.srtp.SrtpSession;
import dev.ringmaster.media.stun.StunRequest;
import dev.ringmaster.media.tone.Tones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/// What a browser does for one line, in Java: ICE checks, DTLS as client, SRTP both ways.
final class Browser implements AutoCloseable {
    private static final int SSRC = 0x0B0B_0B0B;

    final DtlsIdentity identity = DtlsIdentity.create();
    final String ufrag;
    final List<RtpPeer.Heard> heard = new CopyOnWriteArrayList<>();
    /// Reports and goodbyes that came in, still encrypted.
    final AtomicInteger controls = new AtomicInteger();

    final List<byte[]> checksAnswered = new CopyOnWriteArrayList<>();
    private final DatagramSocket socket;
    private final ArrayBlockingQueue<byte[]> handshake = new ArrayBlockingQueue<>(64);
    private final InetSocketAddress server;
    private @Nullable DTLSTransport transport;
    private volatile @Nullable SrtpSession session;
    private volatile boolean speaking;
    private int sequence = 1;
    private int timestamp = 1;

    Browser(InetSocketAddress server, String ufrag) {
        this.server = server;
        this.ufrag = ufrag;
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        Thread.ofVirtual().start(this::receive);
    }

    SecureRemote offer(Codec codec) {
        return new SecureRemote(ufrag, identity.fingerprint(), codec, 126);
    }

    void check(IceCredentials ours, String password, boolean nominates) {
        raw(StunRequest.request(new byte[12], ours.ufrag() + ":" + ufrag, password, nominates));
    }

    void checkAs(String name, IceCredentials ours) {
        raw(StunRequest.request(new byte[12], ours.ufrag() + ":" + name, ours.password(), true));
    }

    /// Checks once, then shakes hands.
    void connect(IceCredentials ours, String serverFingerprint) throws IOException, GeneralSecurityException {
        check(ours, ours.password(), true);
        MediaBench.eventually("the check is answered", () -> !checksAnswered.isEmpty());
        var client = new SrtpClient(identity, serverFingerprint);
        transport = client.connect(new Datagrams());
        session = new SrtpSession(client.keys(), false, SSRC);
    }

    void hush() {
        speaking = false;
    }

    void sayOnce(byte[] payload, int payloadType) {
        var keys = session;
        if (keys == null) {
            throw new IllegalStateException("not connected");
        }
        var packet = new byte[512];
        // Chrome sends header extensions that nobody has asked for: one word of them here
        RtpPacket.writeHeader(packet, payloadType, false, sequence++, timestamp, SSRC);
        packet[0] |= 0x10;
        System.arraycopy(new byte[] {(byte) 0xBE, (byte) 0xDE, 0, 1, 0x10, 0x55, 0, 0}, 0, packet, 12, 8);
        System.arraycopy(payload, 0, packet, 20, payload.length);
        timestamp += 160;
        int secured;
        // it speaks on one thread and hears on another; a session is for one
        synchronized (keys) {
            secured = keys.protect(packet, 20 + payload.length);
        }
        raw(Arrays.copyOf(packet, secured));
    }

    void say(double hz, Codec codec) {
        var sound = G711.encode(codec, Tones.steady(hz, 1_000, 0.3));
        speaking = true;
        Thread.ofPlatform().daemon().start(() -> {
            long start = System.nanoTime();
            for (int i = 0; speaking; i++) {
                sayOnce(Arrays.copyOfRange(sound, i % 50 * 160, i % 50 * 160 + 160), codec.payloadType());
                while (speaking && System.nanoTime() < start + (i + 1) * 20_000_000L) {
                    LockSupport.parkNanos(start + (i + 1) * 20_000_000L - System.nanoTime());
                }
            }
        });
    }

    boolean hears(double hz) {
        // a copy: a view of the list would fail once the receiver has added to it
        var all = List.copyOf(heard);
        var last = all.subList(Math.max(0, all.size() - 10), all.size());
        var samples = new short[last.size() * 160];
        int at = 0;
        for (var packet : last) {
            for (int i = 0; i < 160; i++) {
                samples[at++] = G711.decode(G711.law(packet.payloadType()), packet.payload()[i]);
            }
        }
        return last.size() == 10 && Goertzel.share(samples, hz) > 0.8;
    }

    void goodbye() throws IOException {
        if (transport != null) {
            transport.close();
        }
    }

    void raw(byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, server));
        } catch (IOException fault) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(fault);
            }
        }
    }

    @Override
    public void close() {
        speaking = false;
        socket.close();
    }

    private void receive() {
        var in = new DatagramPacket(new byte[2_048], 2_048);
        var packet = new RtpPacket();
        while (!socket.isClosed()) {
            try {
                in.setLength(2_048);
                socket.receive(in);
            } catch (IOException _) {
                return;
            }
            var bytes = in.getData();
            int first = bytes[0] & 0xFF;
            var keys = session;
            if (first < 4) {
                checksAnswered.add(Arrays.copyOf(bytes, in.getLength()));
            } else if (first < 64) {
                handshake.offer(Arrays.copyOf(bytes, in.getLength()));
            } else if (RtpPacket.isRtcp(bytes, in.getLength())) {
                controls.incrementAndGet();
            } else if (keys != null) {
                int plain;
                synchronized (keys) {
                    plain = keys.unprotect(bytes, in.getLength());
                }
                if (plain > 0 && packet.parse(bytes, plain)) {
                    heard.add(new RtpPeer.Heard(
                            packet.payloadType(),
                            packet.marker(),
                            packet.sequence(),
                            packet.timestamp(),
                            packet.ssrc(),
                            Arrays.copyOfRange(bytes, packet.payloadAt(), packet.payloadAt() + packet.payloadLength()),
                            System.nanoTime()));
                }
            }
        }
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
                System.arraycopy(packet, 0, buffer, at, Math.min(length, packet.length));
                return Math.min(length, packet.length);
            } catch (InterruptedException _) {
                throw new IOException("interrupted");
            }
        }

        @Override
        public void send(byte[] buffer, int at, int length) {
            raw(Arrays.copyOfRange(buffer, at, at + length));
        }

        @Override
        public void close() {}
    }
}
