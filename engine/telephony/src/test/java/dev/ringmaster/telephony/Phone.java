package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.codec.G711;
import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.media.tone.Tones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A telephone with a voice: calls the edge letter by letter, says a tone in PCMA, and keeps what it hears.
final class Phone implements AutoCloseable {
    /// One packet that it heard.
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Heard(int payloadType, byte[] payload, long atNanos) {}

    final RawSip sip;
    final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final DatagramSocket rtp;
    private final String uri;
    private String invite = "";
    private String answer = "";
    private int edgeRtpPort;
    private volatile boolean closed;
    private volatile double hz;
    private int sequence = 1;
    private int timestamp = 1_000;

    Phone(EdgeUnderTest edge, String number) {
        sip = new RawSip(edge.port);
        uri = "sip:" + number + "@127.0.0.1:" + edge.port;
        try {
            rtp = new DatagramSocket(0, EdgeUnderTest.loopback());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        Thread.ofVirtual().start(this::listen);
    }

    void call() {
        invite = sip.invite(
                uri,
                "",
                RawSip.sdp("m=audio " + rtp.getLocalPort()
                        + " RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15"));
        sip.send(invite);
    }

    /// Waits for the 200 and acknowledges it.
    void connected() {
        answer = sip.receive(5_000).orElseThrow();
        assertThat(answer).startsWith("SIP/2.0 200");
        var port = Pattern.compile("m=audio (\\d+)").matcher(answer);
        assertThat(port.find()).isTrue();
        edgeRtpPort = Integer.parseInt(Objects.requireNonNull(port.group(1)));
        sip.send(within("ACK", 1));
        Thread.ofPlatform().daemon().start(this::speak);
    }

    /// Waits beside the test for a BYE, and agrees.
    void answersBye() {
        Thread.ofVirtual().start(() -> {
            var bye = sip.receive(15_000).orElse("");
            if (bye.startsWith("BYE ")) {
                sip.send(sip.success(bye, ""));
            }
        });
    }

    void repeatInvite() {
        sip.send(invite);
    }

    void hangUp() {
        sip.send(within("BYE", 2));
        Await.until(() -> sip.receive(2_000).orElse("").contains("CSeq: 2 BYE"));
    }

    /// A request of this dialog.
    String within(String method, int cseq) {
        var to = Pattern.compile("(?m)^To: ([^\r]*)").matcher(answer);
        assertThat(to.find()).isTrue();
        return invite.split("\r\n\r\n", 2)[0]
                        .replace("INVITE", method)
                        .replaceFirst("(?m)^To: [^\r]*", Matcher.quoteReplacement("To: " + to.group(1)))
                        .replaceFirst("CSeq: 1", "CSeq: " + cseq)
                        .replaceFirst("branch=z9hG4bK", "branch=z9hG4bK" + method + cseq)
                        .replaceFirst("Content-Type: .*\r\n", "")
                        .replaceFirst("Content-Length: \\d+", "Content-Length: 0")
                + "\r\n\r\n";
    }

    /// 0 = silence (packets all the same).
    void says(double frequency) {
        hz = frequency;
    }

    /// Presses a key for 100 ms as RFC 4733 demands: growing durations, and the end three times.
    void press(int event) {
        timestamp += 160;
        var at = timestamp;
        for (var i = 1; i <= 8; i++) {
            var ends = i > 5;
            var duration = Math.min(i, 5) * 160;
            send(101, i == 1, at, new byte[] {
                (byte) event, (byte) (ends ? 0x8A : 0x0A), (byte) (duration >> 8), (byte) duration
            });
            LockSupport.parkNanos(ends ? 1_000_000 : 20_000_000);
        }
    }

    private void speak() {
        var start = System.nanoTime();
        for (var i = 0; !closed; i++) {
            var sound = hz == 0
                    ? new short[160]
                    : Arrays.copyOfRange(Tones.steady(hz, 1_000, 0.3), i % 50 * 160, i % 50 * 160 + 160);
            timestamp += 160;
            send(8, i == 0, timestamp, G711.encode(Codec.PCMA, sound));
            while (!closed && System.nanoTime() < start + (i + 1) * 20_000_000L) {
                LockSupport.parkNanos(start + (i + 1) * 20_000_000L - System.nanoTime());
            }
        }
    }

    private synchronized void send(int payloadType, boolean marker, int at, byte[] payload) {
        var bytes = new byte[RtpPacket.HEADER_BYTES + payload.length];
        RtpPacket.writeHeader(bytes, payloadType, marker, sequence++ & 0xFFFF, at, 77);
        System.arraycopy(payload, 0, bytes, RtpPacket.HEADER_BYTES, payload.length);
        try {
            rtp.send(new DatagramPacket(bytes, bytes.length, EdgeUnderTest.loopback(), edgeRtpPort));
        } catch (IOException fault) {
            if (!closed) {
                throw new UncheckedIOException(fault);
            }
        }
    }

    private void listen() {
        var packet = new RtpPacket();
        var in = new DatagramPacket(new byte[2_048], 2_048);
        while (!closed) {
            try {
                in.setLength(2_048);
                rtp.receive(in);
            } catch (IOException _) {
                return;
            }
            if (!RtpPacket.isRtcp(in.getData(), in.getLength()) && packet.parse(in.getData(), in.getLength())) {
                var from = packet.payloadAt();
                heard.add(new Heard(
                        packet.payloadType(),
                        Arrays.copyOfRange(in.getData(), from, from + packet.payloadLength()),
                        System.nanoTime()));
            }
        }
    }

    /// Whether the last 200 ms are that tone and hardly anything else.
    boolean hears(double frequency) {
        var sound = lastSound();
        double real = 0;
        double imaginary = 0;
        double power = 0;
        for (var i = 0; i < sound.length; i++) {
            var angle = 2 * Math.PI * frequency * i / 8_000;
            real += sound[i] * Math.cos(angle);
            imaginary += sound[i] * Math.sin(angle);
            power += (double) sound[i] * sound[i];
        }
        return sound.length >= 1_600
                && power / sound.length > 100 * 100
                && 2 * (real * real + imaginary * imaginary) / (power * sound.length) > 0.8;
    }

    boolean hearsSilence() {
        var sound = lastSound();
        double power = 0;
        for (var sample : sound) {
            power += (double) sample * sample;
        }
        return sound.length >= 1_600 && power / sound.length < 20 * 20;
    }

    private short[] lastSound() {
        var packets = heard.stream().filter(p -> p.payloadType() == 8).toList();
        var last = packets.subList(Math.max(0, packets.size() - 10), packets.size());
        var samples = new short[last.stream().mapToInt(p -> p.payload().length).sum()];
        var at = 0;
        for (var packet : last) {
            for (var code : packet.payload()) {
                samples[at++] = G711.decode(Codec.PCMA, code);
            }
        }
        return samples;
    }

    @Override
    public void close() {
        closed = true;
        sip.close();
        rtp.close();
    }
}
