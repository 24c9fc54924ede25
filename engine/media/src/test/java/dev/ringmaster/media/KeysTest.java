package dev.ringmaster.media;

import static dev.ringmaster.media.MediaBench.EVENTS;
import static dev.ringmaster.media.MediaBench.eventually;
import static dev.ringmaster.media.MediaBench.pause;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.media.dtmf.KeyReceiver;
import dev.ringmaster.media.dtmf.Keys;
import dev.ringmaster.spec.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys by RFC 4733: each press counts once, whatever the network does; keys are sent and relayed.
@Spec({"SYS-007"})
class KeysTest {
    @TempDir
    Path folder;

    @Test
    void a_press_is_one_digit_however_its_packets_arrive() {
        var pressed = new ArrayList<String>();
        KeyReceiver.Listener listener = (key, samples) -> pressed.add(key + ":" + samples);
        var keys = new KeyReceiver();
        // whole, with the end three times and a late repeat
        for (int[] step : new int[][] {{160, 0}, {320, 0}, {480, 1}, {480, 1}, {480, 1}, {320, 0}}) {
            assertThat(keys.take(event(5, step[0], step[1] == 1), 0, 4, 1_000, 0, listener))
                    .isTrue();
        }
        // the same key again
        keys.take(event(5, 400, true), 0, 4, 4_000, 0, listener);
        // its end was lost, the next key tells
        keys.take(event(11, 160, false), 0, 4, 6_000, 0, listener);
        keys.take(event(0, 160, false), 0, 4, 8_000, 0, listener);
        // its end was lost, time tells
        keys.tick(100_000_000, listener);
        assertThat(pressed).containsExactly("5:480", "5:400", "#:160");
        keys.tick(300_000_000, listener);
        // stragglers of older keys
        keys.take(event(5, 480, true), 0, 4, 1_000, 0, listener);
        keys.take(event(0, 320, true), 0, 4, 8_000, 0, listener);
        assertThat(pressed).containsExactly("5:480", "5:400", "#:160", "0:160");
        // no key: a fax tone, and a packet cut off
        assertThat(keys.take(event(36, 160, true), 0, 4, 9_000, 0, listener)).isFalse();
        assertThat(keys.take(event(1, 160, true), 0, 3, 9_000, 0, listener)).isFalse();
    }

    @Test
    void keys_are_sent_with_three_ends_and_count_once_at_the_other_end() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            caller.hears(new Hears.Silence());
            caller.stream().sendDigits("12x#");
            eventually("three keys", () -> ends(caller, 1) == 3 && ends(caller, 2) == 3 && ends(caller, 11) == 3);
            var events = caller.peer().heard.stream()
                    .filter(p -> p.payloadType() == EVENTS)
                    .toList();
            assertThat(events).hasSize(21);
            assertThat(events.stream().filter(RtpPeer.Heard::marker)).hasSize(3);
            assertThat(events.stream().map(RtpPeer.Heard::timestamp).distinct()).hasSize(3);
            var pressed = new ArrayList<String>();
            var keys = new KeyReceiver();
            events.forEach(p ->
                    keys.take(p.payload(), 0, 4, p.timestamp(), 0, (key, samples) -> pressed.add(key + ":" + samples)));
            assertThat(pressed).containsExactly("1:800", "2:800", "#:800");
            eventually("sound goes on", () -> caller.peer().hearsSilence());
            var all = caller.peer().heard;
            for (int i = 1; i < all.size(); i++) {
                assertThat((all.get(i).sequence() - all.get(i - 1).sequence()) & 0xFFFF)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void a_peer_without_telephone_events_hears_the_tones() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party(new StreamSpec("caller", "call", Duration.ZERO), Codec.PCMU, -1);
            caller.stream().sendDigits("5,5");
            eventually("100 ms of both tones, twice", () -> {
                var all = caller.peer().lastSound(100_000);
                return PromptTest.toneMs(all, Keys.lowHz('5')) + PromptTest.toneMs(all, Keys.highHz('5')) == 0
                        && dualToneMs(all, '5') >= 180;
            });
        }
    }

    @Test
    void keys_pass_a_bridge_in_the_number_the_other_side_knows() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party(new StreamSpec("caller", "call", Duration.ZERO), Codec.PCMA, 97);
            var callee = bench.party(new StreamSpec("callee", "call", Duration.ZERO), Codec.PCMA, 100);
            var deaf = bench.party(new StreamSpec("deaf", "call", Duration.ZERO), Codec.PCMA, -1);
            callee.hears(new Hears.Bridge("caller"));
            deaf.hears(new Hears.Bridge("caller"));
            caller.say(700);
            eventually("bridged", () -> callee.peer().hears(700) && deaf.peer().hears(700));
            caller.peer().hush();
            for (int i = 1; i <= 5; i++) {
                caller.peer().send(caller.stream().localPort(), 97, i == 1, event(7, 160 * i, false));
                pause(20);
            }
            for (int i = 0; i < 3; i++) {
                caller.peer().send(caller.stream().localPort(), 97, false, event(7, 960, true));
            }
            caller.peer().timestamp += 1_600;
            caller.say(700);
            eventually("the digit is told once", () -> caller.told().digits.equals(List.of("7:120")));
            eventually("and relayed", () -> ends(callee, 7, 100) == 3);
            assertThat(callee.peer().heard.stream().filter(p -> p.payloadType() == 100))
                    .hasSize(8);
            eventually(
                    "sound goes on",
                    () -> callee.peer().hears(700) && deaf.peer().hears(700));
            assertThat(deaf.peer().heard)
                    .allSatisfy(p -> assertThat(p.payloadType()).isEqualTo(8));
            var all = deaf.peer().heard;
            for (int i = 1; i < all.size(); i++) {
                assertThat((all.get(i).sequence() - all.get(i - 1).sequence()) & 0xFFFF)
                        .describedAs("what is left out leaves no hole")
                        .isEqualTo(1);
            }
        }
    }

    static byte[] event(int event, int samples, boolean end) {
        return new byte[] {(byte) event, (byte) (end ? 0x8A : 0x0A), (byte) (samples >> 8), (byte) samples};
    }

    private static long ends(MediaBench.Party party, int event) {
        return ends(party, event, EVENTS);
    }

    private static long ends(MediaBench.Party party, int event, int payloadType) {
        return party.peer().heard.stream()
                .filter(p -> p.payloadType() == payloadType && p.payload()[0] == event && (p.payload()[1] & 0x80) != 0)
                .count();
    }

    private static int dualToneMs(short[] samples, char key) {
        int ms = 0;
        for (int at = 0; at + 160 <= samples.length; at += 160) {
            var frame = java.util.Arrays.copyOfRange(samples, at, at + 160);
            if (Goertzel.rms(frame) > 500
                    && Goertzel.share(frame, Keys.lowHz(key)) > 0.3
                    && Goertzel.share(frame, Keys.highHz(key)) > 0.3) {
                ms += 20;
            }
        }
        return ms;
    }
}
