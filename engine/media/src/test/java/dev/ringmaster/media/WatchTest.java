package dev.ringmaster.media;

import static dev.ringmaster.media.MediaBench.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.media.rtp.ReceiveStats;
import dev.ringmaster.media.rtp.SendTrack;
import dev.ringmaster.spec.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Streams watch their peers: silence, loss, jitter, reports; and the node watches itself.
@Spec({"SYS-007"})
class WatchTest {
    @TempDir
    Path folder;

    @Test
    void silence_of_a_peer_that_may_send_is_told_once_and_so_is_its_end() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party(new StreamSpec("caller", "call", Duration.ofSeconds(1)), Codec.PCMA, -1);
            eventually("a peer that never sends", () -> caller.told().other.equals(List.of("timeout")));
            caller.say(700);
            eventually("it sends", () -> caller.told().other.size() == 3);
            assertThat(caller.told().other).containsExactlyInAnyOrder("timeout", "first", "back");
            caller.peer().hush();
            caller.stream()
                    .remote(Remote.at(caller.peer().address(), Codec.PCMA, -1).withDirection(false, true));
            MediaBench.pause(2_200);
            assertThat(caller.told().other)
                    .describedAs("its SDP says it is silent")
                    .hasSize(3);
            caller.stream().remote(Remote.at(caller.peer().address(), Codec.PCMA, -1));
            eventually(
                    "it may send again and does not", () -> caller.told().other.size() == 4);
        }
    }

    @Test
    void a_peer_that_does_not_want_media_gets_none() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            caller.hears(new Hears.Tone(ToneKind.DIAL));
            eventually("media", () -> caller.peer().hears(450));
            caller.stream()
                    .remote(Remote.at(caller.peer().address(), Codec.PCMA, 101).withDirection(true, false));
            MediaBench.pause(200);
            int count = caller.peer().heard.size();
            MediaBench.pause(200);
            assertThat(caller.peer().heard).hasSize(count);
        }
    }

    @Test
    void quality_is_reported_with_what_was_lost() {
        try (var bench = new MediaBench(folder, config -> config.withQualityEvery(Duration.ofSeconds(1)))) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            caller.hears(new Hears.Silence());
            caller.say(700);
            eventually("a report", () -> caller.told().quality.size() >= 2);
            // about 50 a second; the machine may be busy
            assertThat(caller.told().quality.getLast().received()).isBetween(10L, 150L);
            assertThat(caller.told().quality.getLast().sent()).isBetween(10L, 150L);
            caller.peer().hush();
            caller.peer().sequence += 40;
            caller.say(700);
            eventually("the hole is seen", () -> caller.told().quality.stream().anyMatch(q -> q.lost() == 40));
        }
    }

    @Test
    void reports_go_out_and_come_in() {
        try (var bench = new MediaBench(folder, config -> config.withQualityEvery(Duration.ofSeconds(1)))) {
            var there = bench.party("there", "call", Codec.PCMA);
            there.hears(new Hears.Silence());
            there.say(700);
            // the peer shares one port for RTP and RTCP, so its report comes back there
            there.stream()
                    .remote(new Remote(there.peer().address(), there.peer().address(), Codec.PCMA, 101, true, true));
            eventually("a sender report", () -> !there.peer().control.isEmpty());
            var report = there.peer().control.getFirst();
            assertThat(report[1] & 0xFF).isEqualTo(200);
            assertThat(report[0] & 0x1F).describedAs("one report block").isEqualTo(1);
            int last = (int16(report, 10) << 16) | int16(report, 12);

            var answer = new byte[32];
            answer[0] = (byte) 0x81;
            answer[1] = (byte) 201;
            answer[3] = 7;
            put(answer, 8, (int) there.stream().ssrc());
            put(answer, 12, (64 << 24) | 12);
            put(answer, 24, last);
            there.peer().raw(there.stream().localPort(), answer);
            eventually(
                    "what the peer misses is known",
                    () -> there.told().quality.stream()
                            .anyMatch(q -> q.remoteLost() != null
                                    && q.remoteLost() == 0.25
                                    && q.rtt().isPresent()));
        }
    }

    @Test
    void a_source_is_counted_as_the_rfc_counts() {
        var stats = new ReceiveStats();
        long now = 0;
        for (int i = 0; i < 100; i++) {
            if (i % 10 == 3) {
                continue;
            }
            now = i * 20_000_000L;
            assertThat(stats.take(1, (65_500 + i) & 0xFFFF, 160 * i, now)).isTrue();
        }
        assertThat(stats.expected()).isEqualTo(100);
        assertThat(stats.received()).isEqualTo(90);
        assertThat(stats.fractionLost()).isEqualTo(25);
        assertThat(stats.fractionLost()).isZero();
        assertThat(stats.jitterSamples()).isZero();
        assertThat(stats.take(1, 20_000, 0, now)).describedAs("one stray").isFalse();
        assertThat(stats.take(1, 30_000, 0, now)).describedAs("another").isFalse();
        assertThat(stats.take(1, 30_001, 160, now))
                .describedAs("a source that restarted")
                .isTrue();
        for (int i = 2; i < 200; i++) {
            now += i % 2 == 0 ? 10_000_000 : 30_000_000;
            stats.take(1, 30_000 + i, 160 * i, now);
        }
        assertThat(stats.jitterSamples()).isBetween(60, 90);
    }

    @Test
    void sources_that_jump_or_come_late_do_not_break_the_stream() {
        var track = new SendTrack(7, 65_534, 1_000);
        var first = new Object();
        var second = new Object();
        assertThat(track.next(first, false, 10, 5_000, 160, 0)).isTrue();
        assertThat(track.sequence()).isEqualTo(65_534);
        assertThat(track.timestamp()).isEqualTo(1_000);
        assertThat(track.marker()).isTrue();
        track.next(first, false, 12, 5_320, 160, 40_000_000);
        assertThat(track.sequence()).describedAs("a loss stays a loss").isEqualTo(0);
        track.next(first, false, 11, 5_160, 160, 41_000_000);
        assertThat(track.sequence()).describedAs("late, but in its place").isEqualTo(65_535);
        track.next(second, false, 9_000, -5, 160, 60_000_000);
        assertThat(track.sequence()).isEqualTo(1);
        assertThat(track.timestamp()).isEqualTo(1_480);
        assertThat(track.next(second, false, 8_999, -165, 160, 61_000_000))
                .describedAs("from before the change")
                .isFalse();
        track.next(second, false, 40_000, 1_000_000, 160, 80_000_000);
        assertThat(track.sequence()).isEqualTo(2);
        assertThat(track.timestamp()).isEqualTo(1_640);
        track.next(first, false, 13, Integer.MIN_VALUE, 160, 10_000_000_000L);
        track.next(first, false, 14, 0, 160, 10_020_000_000L);
        assertThat(track.sequence()).isEqualTo(4);
        assertThat(track.timestamp() - 1_640).isEqualTo(79_360 + 160);
    }

    @Test
    @Spec("AGT-034")
    void after_a_pause_numbers_go_on_and_the_timestamp_has_gone_on_by_its_length() {
        for (long seconds : new long[] {1, 30, 12 * 3_600, 4 * 24 * 3_600}) {
            var track = new SendTrack(7, 65_534, 1_000);
            var caller = new Object();
            track.next(caller, false, 10, 5_000, 160, 0);
            track.next(caller, false, 11, 5_160, 160, 20_000_000);
            track.breakOff();
            // the same voice went on meanwhile, and was not sent
            long sent = 20_000_000 + seconds * 1_000_000_000;
            track.next(caller, false, 40, 9_800, 160, sent);
            assertThat(track.sequence()).isZero();
            assertThat(track.marker()).isTrue();
            assertThat(track.timestamp()).isEqualTo((int) (1_160 + seconds * 8_000));
            track.next(caller, false, 41, 9_960, 160, sent + 20_000_000);
            assertThat(track.sequence()).isEqualTo(1);
            assertThat(track.marker()).isFalse();
            assertThat(track.timestamp()).isEqualTo((int) (1_320 + seconds * 8_000));
        }
    }

    @Test
    @Spec("AGT-034")
    void a_source_that_pauses_has_neither_lost_nor_delayed_anything() {
        var stats = new ReceiveStats();
        long now = 0;
        for (int i = 0; i < 300; i++) {
            // a browser lets its timestamps stand while its microphone is not sent
            now += i == 100 ? 5_000_000_000L : i == 200 ? 60_000_000_000L : 20_000_000L;
            assertThat(stats.take(1, (65_450 + i) & 0xFFFF, 160 * i, now)).isTrue();
        }
        assertThat(stats.jitterSamples()).isZero();
        assertThat(stats.expected()).isEqualTo(300).isEqualTo(stats.received());
        now += 2_000_000_000L;
        stats.take(1, (65_450 + 349) & 0xFFFF, 160 * 349, now);
        assertThat(stats.expected()).describedAs("what is missing was lost").isEqualTo(350);
    }

    @Test
    void ports_come_from_the_range_and_are_refused_when_there_are_none() throws Exception {
        int first = MediaBench.freeRange();
        var config = MediaConfig.on(java.net.InetAddress.getLoopbackAddress(), first, first + 7, folder);
        try (var engine = MediaEngine.start(config)) {
            int free = engine.health().freePortPairs();
            assertThat(free).isBetween(1, 3);
            var streams = new java.util.ArrayList<RtpStream>();
            for (int i = 0; i < free + 1; i++) {
                engine.openRtp(new StreamSpec("s" + i, "k", Duration.ZERO), new MediaBench.Told())
                        .ifPresent(streams::add);
            }
            assertThat(streams).hasSizeBetween(1, free);
            assertThat(streams).allSatisfy(s -> assertThat(s.localPort() % 2).isZero());
            assertThatThrownBy(() -> engine.openSecure(new StreamSpec("s0", "k", Duration.ZERO), new MediaBench.Told()))
                    .isInstanceOf(IllegalArgumentException.class);
            streams.getFirst().close();
            eventually(
                    "a closed stream gives its ports back",
                    () -> engine.openRtp(new StreamSpec("again", "k", Duration.ZERO), new MediaBench.Told())
                            .isPresent());
            streams.getFirst().apply(AudioPlan.hearing(new Hears.Silence()));
            streams.getFirst().sendDigits("1");
            streams.getFirst().close();
        }
    }

    @Test
    void a_listener_that_fails_does_not_silence_the_others() {
        try (var bench = new MediaBench(folder);
                var peer = new RtpPeer()) {
            var stream = bench.engine
                    .openRtp(new StreamSpec("bad", "call", Duration.ZERO), new StreamListener() {
                        @Override
                        public void onFirstPacket() {
                            throw new IllegalStateException("a listener's own fault");
                        }
                    })
                    .orElseThrow();
            stream.remote(Remote.at(peer.address(), Codec.PCMA, -1));
            peer.say(700, Codec.PCMA, stream.localPort());
            var good = bench.party("good", "call", Codec.PCMA);
            good.say(700);
            eventually("told", () -> good.told().other.contains("first"));
        }
    }

    private static int int16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    private static void put(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >> (24 - 8 * i));
        }
    }
}
