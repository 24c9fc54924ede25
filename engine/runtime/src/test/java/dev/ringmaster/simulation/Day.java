package dev.ringmaster.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One random day: it storms while customers call and agents work; then it grows calm, and nobody may be left behind.
///
/// @param digest the same for the same seed
record Day(long seed, String kind, int calls, int conversations, int events, int fenced, long digest) {
    private static final Duration STORM = Duration.ofMinutes(5);
    private static final Duration CALM = Duration.ofSeconds(150);
    private static final Duration REST = Duration.ofMinutes(5);

    /// Plays it, and when something is wrong once more with a trace.
    static Day play(long seed) {
        try {
            return played(new World(seed));
        } catch (AssertionError | RuntimeException wrong) {
            var again = new World(seed);
            again.keepTrace();
            try {
                played(again);
            } catch (AssertionError | RuntimeException same) {
                throw new AssertionError(same.getMessage() + " (trace in " + write(again) + ")", same);
            }
            throw new AssertionError("seed " + seed + " went wrong once, and right when it was repeated", wrong);
        }
    }

    private static Path write(World world) {
        try {
            var file = Files.createDirectories(Path.of("target", "simulation")).resolve("day-" + world.seed + ".txt");
            return Files.write(file, world.tracedLines()).toAbsolutePath();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static Day played(World world) {
        var faults = Faults.of(world);
        var centre = new ContactCentre(world, faults, 1 + world.random.nextInt(3), -1);
        centre.desk("agent0", ContactCentre.GROUPS);
        for (var i = 1; i < 5; i++) {
            centre.desk("agent" + i, List.of(i < 4 ? "support" : "sales"));
        }
        world.every(1_000, () -> weather(centre));
        world.every(250, centre.checks::now);
        world.every(1_000, new Watchman(centre, world.random.nextBoolean())::look);
        world.run(STORM);
        world.calm = true;
        world.run(CALM);
        var evening = new Evening(centre);
        evening.aligned();
        world.run(REST);
        evening.over();
        return result(centre);
    }

    private static Day result(ContactCentre centre) {
        var talked = centre.folded.calls().values().stream()
                .filter(c -> c.screen().flatMap(s -> s.agentId()).isPresent())
                .count();
        var events = 0;
        for (var kind : List.of("call", "agent", "seats")) {
            for (var id : centre.journal.ids(kind)) {
                events += centre.journal.of(id).size();
            }
        }
        return new Day(
                centre.world.seed,
                centre.faults.name(),
                centre.folded.calls().size(),
                (int) talked,
                events,
                centre.journal.fenced,
                centre.journal.digest());
    }

    private static void weather(ContactCentre centre) {
        var world = centre.world;
        if (world.calm) {
            return;
        }
        if (world.chance(0.14)) {
            centre.arrives(world.chance(0.02) ? "nobody" : number(world));
        }
        var living = centre.cluster.living();
        if (living.isEmpty()) {
            return;
        }
        var one = living.get(world.random.nextInt(living.size()));
        if (world.fault(centre.faults.nodes())) {
            switch (world.random.nextInt(6)) {
                case 0 -> centre.cluster.crash(one);
                case 1 -> centre.cluster.leave(one);
                case 2 -> living.forEach(centre.cluster::crash); // the power is cut
                case 3 -> centre.cluster.isolate(one);
                default ->
                    centre.cluster.move(
                            world.random.nextInt(Cluster.SHARDS), living.get(world.random.nextInt(living.size())));
            }
        }
        if (world.fault(centre.faults.dies() * 5)) {
            one.kill("queue|" + (world.random.nextBoolean() ? "support" : "sales"));
        }
        if (world.fault(centre.faults.nodes())) {
            one.site.clockOffset = Math.clamp(one.site.clockOffset + world.between(-100, 100), -250, 250);
        }
    }

    private static String number(World world) {
        return (world.chance(0.3) ? "sales" : "support")
                + (world.chance(0.5) ? "-1" : "-2")
                + (world.chance(0.4) ? "-survey" : "-plain");
    }
}
