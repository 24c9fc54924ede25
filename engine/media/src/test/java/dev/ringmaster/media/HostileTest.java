package dev.ringmaster.media;

import static dev.ringmaster.media.MediaBench.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.spec.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever comes from the wire, the shard goes on and strangers are not heard.
@Spec({"SYS-007"})
class HostileTest {
    private static final int PACKETS = 20_000;

    @TempDir
    Path folder;

    @Test
    void random_packets_from_the_peer_and_from_strangers_never_stop_a_shard() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var bench = new MediaBench(folder);
                var stranger = new RtpPeer()) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            var agent = bench.party("agent", "call", Codec.PCMA);
            var line = bench.engine.openSecure(new StreamSpec("line", "line", Duration.ZERO), new MediaBench.Told());
            line.remote(new SecureRemote("x", "sha-256 AA", Codec.PCMU, 126));
            agent.stream().apply(AudioPlan.hearing(new Hears.Bridge("caller")).recording(new Records.Into("hostile")));
            int webPort = bench.engine.webRtcAddress().getPort();
            for (int i = 0; i < PACKETS; i++) {
                var bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 1_400 : 60)];
                random.nextBytes(bytes);
                if (bytes.length > 1 && random.nextBoolean()) {
                    bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
                    bytes[1] = new byte[] {0, 8, 101, (byte) 200, (byte) 201, (byte) 0x88}[random.nextInt(6)];
                }
                if (bytes.length > 8 && random.nextInt(3) == 0) {
                    System.arraycopy(
                            new byte[] {0, 1, 0, (byte) (bytes.length - 20), 0x21, 0x12, (byte) 0xA4, 0x42},
                            0,
                            bytes,
                            0,
                            8);
                }
                var from = random.nextBoolean() ? caller.peer() : stranger;
                from.raw(random.nextInt(3) == 0 ? webPort : caller.stream().localPort() + random.nextInt(2), bytes);
            }
            caller.say(700);
            eventually(
                    "the caller is still heard (seed " + seed + ")",
                    () -> agent.peer().hears(700));
            assertThat(bench.engine.health().faults())
                    .describedAs("seed %d", seed)
                    .isZero();
        }
    }

    @Test
    void a_stranger_is_not_heard_and_gets_nothing() {
        try (var bench = new MediaBench(folder);
                var stranger = new RtpPeer()) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            var agent = bench.party("agent", "call", Codec.PCMA);
            agent.hears(new Hears.Bridge("caller"));
            caller.hears(new Hears.Silence());
            caller.say(700);
            eventually("the caller is heard", () -> agent.peer().hears(700));
            stranger.say(1_500, Codec.PCMA, caller.stream().localPort());
            for (int i = 0; i < 20; i++) {
                MediaBench.pause(20);
                assertThat(agent.peer().hears(1_500)).isFalse();
            }
            assertThat(agent.peer().hears(700)).isTrue();
            assertThat(stranger.heard).isEmpty();
        }
    }

    @Test
    void a_peer_behind_a_nat_is_found_after_three_good_packets_and_found_again_after_a_new_offer() {
        try (var bench = new MediaBench(folder);
                var real = new RtpPeer();
                var moved = new RtpPeer();
                var said = new RtpPeer()) {
            var stream = bench.engine
                    .openRtp(new StreamSpec("nat", "call", Duration.ZERO), new MediaBench.Told())
                    .orElseThrow();
            stream.remote(Remote.at(said.address(), Codec.PCMA, -1));
            stream.apply(AudioPlan.hearing(new Hears.Tone(ToneKind.DIAL)));
            eventually("first to the address of the SDP", () -> said.hears(450));
            real.say(700, Codec.PCMA, stream.localPort());
            eventually("then to where the packets come from", () -> real.hears(450));
            moved.say(900, Codec.PCMA, stream.localPort());
            MediaBench.pause(200);
            assertThat(moved.heard).isEmpty();
            real.hush();
            stream.remote(Remote.at(real.address(), Codec.PCMA, -1));
            eventually("a new offer lets it be learnt again", () -> moved.hears(450));
        }
    }

    @Test
    void what_is_not_rtp_is_told_apart() {
        var packet = new RtpPacket();
        var good = new byte[12 + 160];
        RtpPacket.writeHeader(good, 8, true, 7, 8, 9);
        assertThat(packet.parse(good, good.length)).isTrue();
        assertThat(packet.payloadLength()).isEqualTo(160);
        assertThat(packet.marker()).isTrue();
        for (int first : new int[] {0x00, 0x40, 0xC0, 0x8F, 0xBF}) {
            var bad = good.clone();
            bad[0] = (byte) first;
            bad[good.length - 1] = (byte) 200;
            assertThat(packet.parse(bad, first == 0x8F ? 40 : bad.length))
                    .describedAs("first byte %x", first)
                    .isFalse();
        }
        assertThat(packet.parse(good, 11)).isFalse();
        var extended = good.clone();
        extended[0] = (byte) 0x90;
        extended[14] = (byte) 0xFF;
        assertThat(packet.parse(extended, extended.length)).isFalse();
        extended[14] = 0;
        extended[15] = 2;
        assertThat(packet.parse(extended, extended.length)).isTrue();
        assertThat(packet.payloadLength()).isEqualTo(160 - 12);
    }
}
