package dev.ringmaster.media;

import dev.ringmaster.media.codec.G711;
import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.media.tone.Tones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// A telephone made of one UDP socket: says a tone, and keeps all it hears.
final class RtpPeer implements AutoCloseable {
    /// One packet it heard.
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Heard(
            int payloadType, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload, long atNanos) {}

    final DatagramSocket socket;
    final List<Heard> heard = new CopyOnWriteArrayList<>();
    final List<byte[]> control = new CopyOnWriteArrayList<>();
    private final Thread receiver;
    private volatile Thread speaker = Thread.currentThread();
    private volatile boolean speaking;
    int ssrc = 0x1234_0000 + System.identityHashCode(this) % 10_000;
    int sequence = 65_500;
    int timestamp = 0xFFFF_F000;

    RtpPeer() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        receiver = Thread.ofVirtual().start(this::receive);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    /// Says a tone in packets of 20 ms until [#hush].
    void say(double hz, Codec codec, int toPort) {
        hush();
        var sound = G711.encode(codec, Tones.steady(hz, 1_000, 0.3));
        speaking = true;
        speaker = Thread.ofPlatform().daemon().start(() -> {
            long start = System.nanoTime();
            for (int i = 0; speaking; i++) {
                send(toPort, codec.payloadType(), i == 0, Arrays.copyOfRange(sound, i % 50 * 160, i % 50 * 160 + 160));
                timestamp += 160;
                while (speaking && System.nanoTime() < start + (i + 1) * 20_000_000L) {
                    LockSupport.parkNanos(start + (i + 1) * 20_000_000L - System.nanoTime());
                }
            }
        });
    }

    void hush() {
        if (speaking) {
            speaking = false;
            try {
                speaker.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Sends one packet, and counts its number up.
    void send(int toPort, int payloadType, boolean marker, byte[] payload) {
        var bytes = new byte[RtpPacket.HEADER_BYTES + payload.length];
        RtpPacket.writeHeader(bytes, payloadType, marker, sequence++ & 0xFFFF, timestamp, ssrc);
        System.arraycopy(payload, 0, bytes, RtpPacket.HEADER_BYTES, payload.length);
        raw(toPort, bytes);
    }

    void raw(int toPort, byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), toPort));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// The sound of the last so many milliseconds that it heard, from packets of the two laws.
    short[] lastSound(int ms) {
        var packets = heard.stream()
                .filter(p -> p.payloadType() == 0 || p.payloadType() == 8)
                .toList();
        var last = packets.subList(Math.max(0, packets.size() - ms / 20), packets.size());
        var samples = new short[last.stream().mapToInt(p -> p.payload().length).sum()];
        int at = 0;
        for (var packet : last) {
            for (byte code : packet.payload()) {
                samples[at++] = G711.decode(G711.law(packet.payloadType()), code);
            }
        }
        return samples;
    }

    /// Whether the last 200 ms are that tone and hardly anything else.
    boolean hears(double hz) {
        var sound = lastSound(200);
        return sound.length >= 1_600 && Goertzel.share(sound, hz) > 0.8;
    }

    boolean hearsSilence() {
        var sound = lastSound(200);
        return sound.length >= 1_600 && Goertzel.rms(sound) < 20;
    }

    @Override
    public void close() {
        hush();
        socket.close();
        receiver.interrupt();
    }

    private void receive() {
        var packet = new RtpPacket();
        var in = new DatagramPacket(new byte[2_048], 2_048);
        while (!socket.isClosed()) {
            try {
                in.setLength(2_048);
                socket.receive(in);
            } catch (IOException _) {
                return;
            }
            var bytes = in.getData();
            if (RtpPacket.isRtcp(bytes, in.getLength())) {
                control.add(Arrays.copyOf(bytes, in.getLength()));
            } else if (packet.parse(bytes, in.getLength())) {
                heard.add(new Heard(
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
