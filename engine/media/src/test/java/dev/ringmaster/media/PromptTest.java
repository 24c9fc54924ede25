package dev.ringmaster.media;

import static dev.ringmaster.media.MediaBench.eventually;
import static dev.ringmaster.media.MediaBench.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.media.tone.Tones;
import dev.ringmaster.media.wav.WavReader;
import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prompts, music and tones: played once a generation, level-triggered, from files of any rate.
@Spec({"SYS-007"})
class PromptTest {
    @TempDir
    Path folder;

    @Test
    void a_prompt_of_one_generation_plays_once_however_often_it_is_wished() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            bench.engine.sounds().put("one", Tones.steady(700, 250, 0.3));
            bench.engine.sounds().put("two", Tones.steady(1_000, 330, 0.3));
            var wish = new Hears.Prompt(7, List.of("one", "nobody-knows-this", "two"), new Hears.Music("hold"));
            bench.engine.sounds().put("hold", Tones.steady(520, 1_000, 0.3));
            for (int i = 0; i < 20; i++) {
                // each plan differs in what comes after, the prompt goes on
                caller.hears(new Hears.Prompt(7, wish.names(), i % 2 == 0 ? new Hears.Silence() : wish.then()));
                pause(10);
            }
            eventually(
                    "both sounds, in their length", () -> caller.told().prompts.equals(List.of("7:580:true")));
            caller.hears(wish);
            eventually("then music", () -> caller.peer().hears(520));
            caller.hears(new Hears.Silence());
            caller.hears(wish);
            pause(400);
            assertThat(caller.told().prompts).containsExactly("7:580:true");
            var all = caller.peer().lastSound(1_000_000);
            assertThat(toneMs(all, 700)).isBetween(230, 270);
            assertThat(toneMs(all, 1_000)).isBetween(310, 350);
        }
    }

    @Test
    void an_interrupted_prompt_says_how_much_was_played_and_never_starts_again() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party("caller", "call", Codec.PCMU);
            bench.engine.sounds().put("long", Tones.steady(700, 20_000, 0.3));
            var wish = new Hears.Prompt(1, List.of("long"));
            caller.hears(wish);
            eventually("it plays", () -> caller.peer().hears(700));
            caller.hears(new Hears.Silence());
            eventually("told", () -> caller.told().prompts.size() == 1);
            assertThat(caller.told().prompts.getFirst()).matches("1:[1-9]\\d+:false");
            caller.hears(wish);
            eventually("silence, not the old prompt", () -> caller.peer().hearsSilence());
            caller.hears(new Hears.Prompt(2, List.of("long")));
            eventually("a new generation plays", () -> caller.peer().hears(700));
            assertThat(caller.told().prompts).hasSize(1);
        }
    }

    @Test
    void a_prompt_waits_until_the_peer_is_known() {
        try (var bench = new MediaBench(folder);
                var peer = new RtpPeer()) {
            var told = new MediaBench.Told();
            bench.engine.sounds().put("welcome", Tones.steady(700, 300, 0.3));
            var stream = bench.engine
                    .openRtp(new StreamSpec("early", "call", java.time.Duration.ZERO), told)
                    .orElseThrow();
            stream.apply(AudioPlan.hearing(new Hears.Prompt(1, List.of("welcome"))));
            pause(200);
            stream.remote(Remote.at(peer.address(), Codec.PCMA, -1));
            eventually("played", () -> told.prompts.equals(List.of("1:300:true")));
            eventually("and heard from its beginning", () -> toneMs(peer.lastSound(100_000), 700) >= 280);
        }
    }

    @Test
    void sounds_are_fetched_by_name_when_they_are_first_heard() {
        SoundSource source = name ->
                name.equals("filed") ? Optional.of(wav(24_000, 2, steadyAt(24_000, 600, 500))) : Optional.empty();
        try (var bench = new MediaBench(folder, config -> config.withSounds(source))) {
            var caller = bench.party("caller", "call", Codec.PCMU);
            caller.hears(new Hears.Music("filed"));
            eventually("the file's tone at its own pitch", () -> caller.peer().hears(600));
            assertThat(bench.engine.sounds().load("filed").orElseThrow()).hasMillis(500);
            assertThat(bench.engine.sounds().load("nothing")).isEmpty();
            caller.hears(new Hears.Music("nothing"));
            eventually("the built-in music stands in", () -> {
                var sound = caller.peer().lastSound(400);
                return Goertzel.rms(sound) > 300 && Goertzel.share(sound, 600) < 0.3;
            });
            caller.hears(new Hears.Prompt(1, List.of("nothing")));
            eventually(
                    "a prompt of nothing is over", () -> caller.told().prompts.equals(List.of("1:0:true")));
        }
    }

    @Test
    void tones_of_the_network_are_heard() {
        try (var bench = new MediaBench(folder)) {
            var caller = bench.party("caller", "call", Codec.PCMA);
            caller.hears(new Hears.Tone(ToneKind.RINGBACK));
            eventually("ringback", () -> caller.peer().hears(450));
            caller.hears(new Hears.Tone(ToneKind.BEEP));
            eventually("the beep", () -> caller.peer().hears(1_000));
            eventually("once", () -> caller.peer().hearsSilence());
            caller.hears(new Hears.Music(Sounds.DEFAULT_MUSIC));
            eventually("music", () -> Goertzel.rms(caller.peer().lastSound(1_000)) > 500);
        }
    }

    @Test
    void what_is_no_wav_file_is_refused_and_changes_nothing() {
        try (var bench = new MediaBench(folder)) {
            bench.engine.sounds().put("x", Tones.steady(700, 100, 0.3));
            for (var bad : List.of(new byte[0], "RIFFxxxxWAVE".getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
                assertThatThrownBy(() -> bench.engine.sounds().put("x", bad)).isInstanceOf(IOException.class);
            }
            assertThat(bench.engine.sounds().load("x").orElseThrow()).hasMillis(100);
        }
    }

    @Test
    void every_format_of_wav_gives_the_same_tone() throws IOException {
        for (int rate : List.of(8_000, 11_025, 16_000, 44_100, 48_000)) {
            var read = WavReader.read(wav(rate, 1, steadyAt(rate, 1_000, 400)));
            var sound = dev.ringmaster.media.codec.Resampler.toTelephone(read.mono(), read.rateHz());
            assertThat(sound.length).isBetween(3_190, 3_210);
            assertThat(Goertzel.share(sound, 1_000))
                    .describedAs("at %d Hz", rate)
                    .isGreaterThan(0.98);
        }
        // what 8,000 Hz cannot hold must not come back as another tone
        var high = dev.ringmaster.media.codec.Resampler.toTelephone(steadyAt(48_000, 7_000, 400), 48_000);
        assertThat(Goertzel.rms(high)).isLessThan(300);
    }

    /// How long a tone sounds in all, in frames of 10 ms.
    static int toneMs(short[] samples, double hz) {
        int ms = 0;
        for (int at = 0; at + 80 <= samples.length; at += 80) {
            var frame = java.util.Arrays.copyOfRange(samples, at, at + 80);
            if (Goertzel.rms(frame) > 500 && Goertzel.share(frame, hz) > 0.7) {
                ms += 10;
            }
        }
        return ms;
    }

    static short[] steadyAt(int rate, double hz, int ms) {
        var samples = new short[rate * ms / 1_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (9_000 * Math.sin(2 * Math.PI * hz * i / rate));
        }
        return samples;
    }

    static byte[] wav(int rate, int channels, short[] samples) {
        var file = ByteBuffer.allocate(44 + samples.length * 2 * channels).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
        file.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1);
        file.putShort((short) channels).putInt(rate).putInt(rate * 2 * channels).putShort((short) (2 * channels));
        file.putShort((short) 16).put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        file.putInt(samples.length * 2 * channels);
        for (short sample : samples) {
            for (int i = 0; i < channels; i++) {
                file.putShort(sample);
            }
        }
        return file.array();
    }
}
