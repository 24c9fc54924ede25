package dev.ringmaster.media;

import static dev.ringmaster.media.MediaBench.eventually;
import static dev.ringmaster.media.MediaBench.pause;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two parties hear each other, whoever they are and wherever their streams live.
class BridgeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    @Spec({"SYS-007"})
    void two_parties_hear_each_others_tone_though_their_laws_differ(int shards) {
        try (var bench = new MediaBench(folder, config -> config.withShards(shards))) {
            // keys of different shards, so that with four of them the sound crosses threads
            var caller = bench.party("caller", "a", Codec.PCMA);
            var agent = bench.party("agent", "b", Codec.PCMU);
            caller.hears(new Hears.Bridge("agent"));
            agent.hears(new Hears.Bridge("caller"));
            caller.say(700);
            agent.say(440);
            eventually("the agent hears 700 Hz", () -> agent.peer().hears(700));
            eventually("the caller hears 440 Hz", () -> caller.peer().hears(440));
            assertThat(agent.peer().heard.getLast().payloadType()).isZero();
            assertThat(caller.peer().heard.getLast().payloadType()).isEqualTo(8);
            assertThat(bench.engine.health().faults()).isZero();
        }
    }

    @Test
    @Spec({"AGT-025"})
    void a_bridge_is_one_direction_and_ends_with_the_plan() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            var agent = bench.party("agent", "call", Codec.PCMA);
            agent.hears(new Hears.Bridge("caller"));
            caller.hears(new Hears.Silence());
            caller.say(700);
            agent.say(440);
            eventually("the agent hears the caller", () -> agent.peer().hears(700));
            eventually("the caller hears nobody", () -> caller.peer().hearsSilence());

            bench.engine.sounds().put("hold", dev.ringmaster.media.tone.Tones.steady(520, 1_000, 0.3));
            caller.hears(new Hears.Music("hold"));
            agent.hears(new Hears.Silence());
            eventually("the caller on hold hears music", () -> caller.peer().hears(520));
            eventually(
                    "the agent no longer hears the caller", () -> agent.peer().hearsSilence());
        }
    }

    @Test
    void a_bridge_waits_for_the_other_stream_and_finds_it_again() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            caller.hears(new Hears.Bridge("line"));
            eventually("silence until there is somebody", () -> caller.peer().hearsSilence());
            var line = bench.party("line", "other", Codec.PCMA);
            line.say(440);
            eventually("the line is heard once it is there", () -> caller.peer().hears(440));
            line.stream().close();
            eventually("silence again", () -> caller.peer().hearsSilence());
            assertThat(bench.engine.stream("line"))
                    .describedAs("its id is free")
                    .isEmpty();
            bench.party("line", "other", Codec.PCMU).say(1_000);
            eventually("the new line of that id is heard", () -> caller.peer().hears(1_000));
        }
    }

    @Test
    void a_muted_party_is_not_heard_but_its_keys_count() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            var agent = bench.party("agent", "call", Codec.PCMA);
            caller.hears(new Hears.Bridge("agent"));
            agent.say(440);
            eventually("heard", () -> caller.peer().hears(440));
            agent.stream().apply(AudioPlan.hearing(new Hears.Bridge("caller")).muted(true));
            eventually("muted", () -> caller.peer().hearsSilence());
            agent.peer().hush();
            agent.peer().send(agent.stream().localPort(), MediaBench.EVENTS, true, new byte[] {5, (byte) 0x8A, 3, 32});
            eventually("the key", () -> agent.told().digits.equals(List.of("5:100")));
            agent.stream().apply(AudioPlan.hearing(new Hears.Bridge("caller")));
            agent.say(440);
            eventually("heard again", () -> caller.peer().hears(440));
        }
    }

    @Test
    @Spec({"AGT-025"})
    void whatever_a_party_hears_is_one_unbroken_stream() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            var agent = bench.party("agent", "call", Codec.PCMU);
            bench.engine.sounds().put("hello", dev.ringmaster.media.tone.Tones.steady(1_000, 300, 0.3));
            agent.say(440);
            caller.hears(new Hears.Prompt(1, List.of("hello")));
            eventually("the prompt ends", () -> caller.told().prompts.equals(List.of("1:300:true")));
            caller.hears(new Hears.Bridge("agent"));
            eventually("bridge", () -> caller.peer().hears(440));
            caller.hears(new Hears.Music(Sounds.DEFAULT_MUSIC));
            pause(300);
            caller.hears(new Hears.Nothing());
            pause(300);
            caller.hears(new Hears.Bridge("agent"));
            eventually("bridge again", () -> caller.peer().hears(440));
            agent.peer().hush();
            agent.peer().ssrc++;
            agent.peer().sequence += 30_000;
            agent.peer().timestamp += 1_000_000;
            agent.say(440);
            pause(300);

            var heard = caller.peer().heard;
            assertThat(heard).hasSizeGreaterThan(60);
            for (int i = 1; i < heard.size(); i++) {
                var before = heard.get(i - 1);
                var after = heard.get(i);
                assertThat(after.ssrc()).isEqualTo((int) caller.stream().ssrc());
                assertThat((after.sequence() - before.sequence()) & 0xFFFF)
                        .describedAs("step of the sequence at %d", i)
                        .isEqualTo(1);
                int step = after.timestamp() - before.timestamp();
                double elapsed = (after.atNanos() - before.atNanos()) / 125_000.0;
                assertThat(step).describedAs("step of the timestamp at %d", i).isGreaterThanOrEqualTo(160);
                // the machine may be busy, so only a coarse bound: timestamps follow time
                assertThat(step).isLessThan((int) elapsed + 2_400);
            }
            long markers = heard.stream().filter(RtpPeer.Heard::marker).count();
            assertThat(markers).isBetween(4L, 12L);
        }
    }
}
