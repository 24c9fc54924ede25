package dev.ringmaster.media;

import static dev.ringmaster.media.MediaBench.eventually;
import static dev.ringmaster.media.MediaBench.pause;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.media.tone.Tones;
import dev.ringmaster.media.wav.WavReader;
import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings: the party left, what it hears right, beside each other in time, and on disk while the call goes on.
@Spec({"OBT-037", "HOT-020"})
class RecordingTest {
    @TempDir
    Path folder;

    @Test
    void the_customer_is_left_the_agent_right_and_hold_is_silent_on_the_right() throws IOException {
        try (var bench = new MediaBench(folder)) {
            var customer = bench.party("customer", "call", Codec.PCMA);
            var agent = bench.party("agent", "call", Codec.PCMU);
            var records = new Records.Into("rec-1");
            var talk = AudioPlan.hearing(new Hears.Bridge("agent")).recording(records);
            customer.stream().apply(talk);
            agent.hears(new Hears.Bridge("customer"));
            pause(300);
            customer.say(440);
            agent.say(1_000);
            pause(1_000);
            agent.hears(new Hears.Silence());
            customer.stream().apply(talk.withHears(new Hears.Music(Sounds.DEFAULT_MUSIC)));
            pause(700);
            customer.stream()
                    .apply(talk.withHears(new Hears.Music(Sounds.DEFAULT_MUSIC)).recording(paused(records)));
            pause(700);
            customer.stream().apply(talk);
            pause(700);
            customer.stream().close();

            eventually("sealed", () -> customer.told().sealed.size() == 1);
            var part = customer.told().sealed.getFirst();
            assertThat(part.file().getFileName().toString()).matches("rec-1\\.1-0-[0-9a-z]+\\.wav");
            assertThat(part.lostFrames()).isZero();
            assertThat(part.bytes()).isEqualTo(Files.size(part.file()));
            var wav = WavReader.read(Files.readAllBytes(part.file()));
            var left = wav.channel(0);
            var right = wav.channel(1);
            assertThat(part.length().toMillis()).isBetween(3_300L, 8_000L);
            assertThat(left).hasSize((int) (part.length().toNanos() / 125_000));

            int leftStarts = firstSound(left);
            int rightStarts = firstSound(right);
            assertThat(Math.abs(leftStarts - rightStarts))
                    .describedAs("both spoke at once")
                    .isLessThan(100 * 8);
            assertThat(leftStarts).isGreaterThan(200 * 8);
            var talking = leftStarts + 1_600;
            assertThat(share(left, talking, 440)).isGreaterThan(0.9);
            assertThat(share(left, talking, 1_000)).isLessThan(0.01);
            assertThat(share(right, talking, 1_000)).isGreaterThan(0.9);
            assertThat(share(right, talking, 440)).isLessThan(0.01);
            // on hold the customer is still recorded, the music is not
            int onHold = leftStarts + 1_300 * 8;
            assertThat(share(left, onHold, 440)).isGreaterThan(0.9);
            assertThat(Goertzel.rms(slice(right, onHold))).isLessThan(20);
            // paused: nobody
            int pausedAt = leftStarts + 2_000 * 8;
            assertThat(Goertzel.rms(slice(left, pausedAt))).isLessThan(20);
            assertThat(Goertzel.rms(slice(right, pausedAt))).isLessThan(20);
            // and both again
            int again = leftStarts + 2_700 * 8;
            assertThat(share(left, again, 440)).isGreaterThan(0.9);
            assertThat(share(right, again, 1_000)).isGreaterThan(0.9);
        }
    }

    @Test
    void prompts_are_on_the_right_when_that_is_wished_and_a_second_wish_is_a_second_part() throws IOException {
        try (var bench = new MediaBench(folder)) {
            var customer = bench.party("customer", "call", Codec.PCMA);
            bench.engine.sounds().put("say", Tones.steady(700, 20_000, 0.3));
            var plan = AudioPlan.hearing(new Hears.Prompt(1, List.of("say")))
                    .recording(new Records.Into("rec-2", true, false));
            customer.stream().apply(plan);
            pause(500);
            customer.stream().apply(plan.recording(new Records.Nothing()));
            eventually("first part", () -> customer.told().sealed.size() == 1);
            customer.stream().apply(plan);
            pause(300);
            customer.stream().apply(plan.recording(new Records.Nothing()));
            eventually("second part", () -> customer.told().sealed.size() == 2);
            var first = customer.told().sealed.getFirst();
            var second = customer.told().sealed.getLast();
            assertThat(first.number()).isEqualTo(1);
            assertThat(second.number()).isEqualTo(2);
            assertThat(second.offset()).isGreaterThanOrEqualTo(first.length());
            var right = WavReader.read(Files.readAllBytes(first.file())).channel(1);
            assertThat(share(right, 1_600, 700)).isGreaterThan(0.9);
        }
    }

    @Test
    @Spec({"SYS-010"})
    void what_a_crash_leaves_behind_lacks_less_than_a_second_and_can_be_sealed() throws IOException {
        var crashed = Files.createDirectory(folder.resolve("crashed"));
        long written;
        try (var bench = new MediaBench(folder)) {
            var customer = bench.party("customer", "call", Codec.PCMU);
            customer.stream().apply(AudioPlan.hearing(new Hears.Silence()).recording(new Records.Into("rec-3")));
            eventually("it has begun", () -> !customer.told().started.isEmpty());
            long begun = System.nanoTime();
            customer.say(440);
            pause(1_800);
            // what the disk has at this moment is what a killed process leaves
            var open = customer.told().started.getFirst().file();
            assertThat(open.getFileName().toString()).endsWith(".wav.part");
            var bytes = Files.readAllBytes(open);
            written = (System.nanoTime() - begun) / 1_000_000;
            Files.write(crashed.resolve(open.getFileName()), Arrays.copyOf(bytes, bytes.length - 1));
            Files.write(crashed.resolve("rec-4.2-1500-abc.wav.part"), new byte[10]);
            Files.writeString(crashed.resolve("not-ours.part"), "x");
        }
        try (var bench = new MediaBench(crashed)) {
            var found = bench.engine.recordings().sealLeftBehind();
            assertThat(found).extracting(RecordingPart::recordingId).containsExactly("rec-3", "rec-4");
            var part = found.getFirst();
            assertThat(part.file().getFileName().toString()).matches("rec-3\\.1-0-[0-9a-z]+\\.wav");
            assertThat(part.length().toMillis()).isBetween(written - 1_000, written + 100);
            assertThat(found.getLast().length()).isZero();
            assertThat(found.getLast().number()).isEqualTo(2);
            assertThat(found.getLast().offset()).hasMillis(1_500);
            var wav = WavReader.read(Files.readAllBytes(part.file()));
            assertThat(wav.channel(0)).hasSize((int) (part.length().toNanos() / 125_000));
            assertThat(share(wav.channel(0), firstSound(wav.channel(0)) + 800, 440))
                    .isGreaterThan(0.9);
            assertThat(bench.engine.recordings().sealLeftBehind()).isEmpty();
            assertThat(crashed.resolve("not-ours.part")).exists();
        }
    }

    @Test
    void closing_the_engine_seals_what_is_open() {
        var bench = new MediaBench(folder);
        var customer = bench.party("customer", "call", Codec.PCMU);
        customer.stream().apply(AudioPlan.hearing(new Hears.Silence()).recording(new Records.Into("rec-5")));
        eventually("it has begun", () -> !customer.told().started.isEmpty());
        bench.close();
        assertThat(customer.told().sealed).hasSize(1);
        assertThat(customer.told().sealed.getFirst().file()).exists();
    }

    private static Records paused(Records.Into wish) {
        return new Records.Into(wish.id(), wish.generated(), true);
    }

    private static int firstSound(short[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (Math.abs(samples[i]) > 2_000) {
                return i;
            }
        }
        throw new AssertionError("silent");
    }

    private static short[] slice(short[] samples, int at) {
        return Arrays.copyOfRange(samples, at, at + 2_400);
    }

    private static double share(short[] samples, int at, double hz) {
        return Goertzel.share(slice(samples, at), hz);
    }
}
