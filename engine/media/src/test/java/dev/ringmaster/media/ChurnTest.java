package dev.ringmaster.media;

import static dev.ringmaster.media.MediaBench.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls come and go on several shards, in every order that chance finds: nothing breaks and nothing is left over.
@Spec({"SYS-007"})
class ChurnTest {
    private static final int STEPS = 3_000;
    private static final int IDS = 12;

    @TempDir
    Path folder;

    @Test
    void random_calls_leave_nothing_behind() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var told = new ArrayList<MediaBench.Told>();
        try (var bench = new MediaBench(folder, config -> config.withShards(4));
                var peer = new RtpPeer()) {
            var engine = bench.engine;
            int free = engine.health().freePortPairs();
            for (int step = 0; step < STEPS; step++) {
                var id = "s" + random.nextInt(IDS);
                var stream = engine.stream(id).orElse(null);
                if (stream == null) {
                    told.add(new MediaBench.Told());
                    stream = open(engine, id, told.getLast(), peer, random);
                }
                switch (random.nextInt(6)) {
                    case 0 -> stream.close();
                    case 1 -> stream.sendDigits("1#");
                    default -> stream.apply(new AudioPlan(wish(random), random.nextInt(5) == 0, records(random)));
                }
                if (stream instanceof RtpStream leg) {
                    peer.send(leg.localPort(), random.nextBoolean() ? 0 : 101, false, new byte[] {1, 0, 0, 80});
                }
                if (step % 10 == 0) {
                    MediaBench.pause(1);
                }
            }
            for (int i = 0; i < IDS; i++) {
                engine.stream("s" + i).ifPresent(MediaStream::close);
            }
            eventually(
                    "all ports are back (seed " + seed + ")",
                    () -> engine.health().freePortPairs() == free);
            assertThat(engine.health().streams()).isZero();
            assertThat(engine.health().faults()).describedAs("seed %d", seed).isZero();
            var caller = bench.party("caller", "a", Codec.PCMA);
            var agent = bench.party("agent", "b", Codec.PCMU);
            agent.hears(new Hears.Bridge("caller"));
            caller.say(440);
            eventually("and a call goes as ever", () -> agent.peer().hears(440));
        }
        assertThat(told.stream().flatMap(t -> t.other.stream())).noneMatch(o -> o.startsWith("failed"));
        assertThat(told.stream().mapToInt(t -> t.sealed.size()).sum())
                .describedAs("every recording that began is sealed (seed %d)", seed)
                .isPositive()
                .isEqualTo(told.stream().mapToInt(t -> t.started.size()).sum());
        try (var files = Files.list(folder)) {
            assertThat(files).allSatisfy(file -> assertThat(file.toString()).endsWith(".wav"));
        }
    }

    private static MediaStream open(MediaEngine engine, String id, MediaBench.Told told, RtpPeer peer, Random random) {
        var spec = new StreamSpec(id, "key" + random.nextInt(8), Duration.ZERO);
        if (random.nextInt(4) == 0) {
            var line = engine.openSecure(spec, told);
            line.remote(new SecureRemote("x", "sha-256 AA", Codec.PCMU, 126));
            return line;
        }
        var leg = engine.openRtp(spec, told).orElseThrow();
        leg.remote(Remote.at(peer.address(), random.nextBoolean() ? Codec.PCMU : Codec.PCMA, 101));
        return leg;
    }

    private static Hears wish(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Hears.Nothing();
            case 1 -> new Hears.Music(Sounds.DEFAULT_MUSIC);
            case 2 ->
                new Hears.Prompt(
                        random.nextInt(1_000), List.of("tone/beep"), new Hears.Bridge("s" + random.nextInt(IDS)));
            default -> new Hears.Bridge("s" + random.nextInt(IDS));
        };
    }

    private static Records records(Random random) {
        return random.nextInt(3) > 0
                ? new Records.Nothing()
                : new Records.Into("rec" + random.nextInt(20), random.nextBoolean(), random.nextInt(4) == 0);
    }
}
