package dev.ringmaster.simulation;

import dev.ringmaster.runtime.edge.EdgeShells;
import dev.ringmaster.runtime.truth.Waker;
import dev.ringmaster.runtime.truth.WakerShells;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who is a member, which shard lives where, what machines hear of each other's edges, and the one
/// waker: as Pekko's cluster would have it.
final class Cluster {
    static final int SHARDS = 12;

    /// Messages kept for a shard without a home; Pekko's regions drop more.
    private static final int MAX_HELD = 1_000;

    private final ContactCentre centre;
    private final World world;
    private final List<Machine> members = new ArrayList<>();
    private final Map<Integer, Machine> homes = new TreeMap<>();
    private final Map<Integer, Machine> moving = new TreeMap<>();
    private final Map<Integer, List<Runnable>> held = new TreeMap<>();
    private @Nullable Actor<Waker.Message> waker;
    private @Nullable Machine wakerAt;
    private Instant troubled = World.START;

    Cluster(ContactCentre centre) {
        this.centre = centre;
        this.world = centre.world;
    }

    List<Machine> members() {
        return List.copyOf(members);
    }

    List<Machine> living() {
        return members.stream().filter(Machine::alive).toList();
    }

    /// When a machine last came or went.
    Instant troubled() {
        return troubled;
    }

    private static int shardOf(String key) {
        return Math.floorMod(key.hashCode(), SHARDS);
    }

    // ---- messages

    void route(Machine from, String key, Object message) {
        var shard = shardOf(key);
        if (from.isolatedWith.isPresent()) {
            if (from.isolatedWith.get().contains(shard)) {
                centre.network.carry(from, from, () -> from.deliver(key, message));
            }
            return;
        }
        var home = moving.containsKey(shard) ? null : home(shard);
        if (home == null) {
            var kept = held.computeIfAbsent(shard, _ -> new ArrayList<>());
            if (kept.size() < MAX_HELD) {
                kept.add(() -> route(from, key, message));
            }
            return;
        }
        centre.network.carry(from, home, () -> home.deliver(key, message));
    }

    /// Also a dead one: until the cluster has noticed, messages go there and are lost.
    private @Nullable Machine home(int shard) {
        var home = homes.get(shard);
        if (home == null && !living().isEmpty()) {
            home = living().get(world.random.nextInt(living().size()));
            homes.put(shard, home);
        }
        return home;
    }

    boolean isHome(String key, Machine machine) {
        var shard = shardOf(key);
        if (machine.isolatedWith.isPresent()) {
            return machine.isolatedWith.get().contains(shard);
        }
        return homes.get(shard) == machine
                && (!moving.containsKey(shard) || machine.running(key).isPresent());
    }

    private void release(int shard) {
        var kept = held.remove(shard);
        if (kept != null) {
            kept.forEach(Runnable::run);
        }
    }

    // ---- shards move

    /// As a rebalance does: everybody of the shard stops first, then it lives elsewhere.
    void move(int shard, Machine to) {
        var from = homes.get(shard);
        if (from == null || from == to || !from.alive() || moving.containsKey(shard)) {
            return;
        }
        world.trace("shard " + shard + " moves from " + from.name + " to " + to.name);
        moving.put(shard, to);
        from.running().stream()
                .map(Live::key)
                .filter(key -> shardOf(key) == shard)
                .forEach(from::stop);
        stopped(from, "");
    }

    /// Somebody has stopped; perhaps he was the last of a shard that moves.
    void stopped(Machine at, String key) {
        if (!key.isEmpty() && !moving.containsKey(shardOf(key))) {
            return;
        }
        Map.copyOf(new TreeMap<>(moving)).forEach((shard, to) -> {
            if (homes.get(shard) == at && at.running().stream().noneMatch(l -> shardOf(l.key()) == shard)) {
                world.in(world.between(5, 300), () -> moved(shard, at, to));
            }
        });
    }

    private void moved(int shard, Machine from, Machine to) {
        if (homes.get(shard) == from && moving.remove(shard, to)) {
            homes.put(shard, to.alive() ? to : from);
            release(shard);
        }
    }

    // ---- machines come and go

    void join(Machine machine) {
        members.stream().filter(old -> old.site == machine.site).toList().forEach(this::removed);
        if (!machine.alive()) {
            return;
        }
        members.add(machine);
        troubled = world.now();
        world.trace(machine.name + " has joined");
        machine.startEdge();
        for (var member : living()) {
            introduce(machine, member);
            if (member != machine) {
                introduce(member, machine);
            }
        }
        List.copyOf(held.keySet()).stream().filter(s -> !moving.containsKey(s)).forEach(this::release);
        startWaker();
    }

    private void introduce(Machine edge, Machine to) {
        world.in(world.between(900, 2_500), () -> {
            var actor = edge.edge();
            if (actor.isPresent() && edge.alive() && members.contains(edge)) {
                EdgeShells.seen(to.edges, edge.process.telephone.edge(), actor.get());
            }
        });
    }

    /// The process ends without a word.
    void crash(Machine machine) {
        if (!machine.process.alive) {
            return;
        }
        world.trace(machine.name + " crashes");
        machine.process.alive = false;
        troubled = world.now();
        machine.end();
        world.in(world.between(3_000, 12_000), () -> removed(machine));
        world.in(world.between(1_000, 20_000), () -> centre.start(machine.site));
    }

    /// The actor system leaves the cluster, as one does that was declared dead; the process lives on and joins again.
    void leave(Machine machine) {
        if (!machine.alive()) {
            return;
        }
        world.trace(machine.name + " leaves the cluster");
        troubled = world.now();
        machine.end();
        for (var member : living()) {
            world.in(world.between(20, 90), () -> EdgeShells.unseen(member.edges, machine.process.telephone.edge()));
        }
        world.in(world.between(100, 8_000), () -> removed(machine));
        world.in(world.between(2_000, 12_000), () -> {
            if (machine.process.alive) {
                centre.start(machine.site, machine.process);
            }
        });
    }

    /// Nobody hears it any more, and it does not know: it goes on working with what it has, perhaps a while longer than
    /// the others wait before they run its shards anew. Its database still hears it.
    void isolate(Machine machine) {
        if (!machine.alive() || living().size() < 2 || machine.isolatedWith.isPresent()) {
            return;
        }
        world.trace(machine.name + " is isolated");
        troubled = world.now();
        var own = new TreeSet<Integer>();
        homes.forEach((shard, home) -> {
            if (home == machine) {
                own.add(shard);
            }
        });
        machine.isolatedWith = Optional.of(own);
        var removedIn = world.between(3_000, 12_000);
        world.in(removedIn, () -> removed(machine));
        world.in(removedIn + world.between(-1_000, 1_500), () -> {
            if (machine.alive()) {
                world.trace(machine.name + " knows that it is out");
                machine.end();
                removed(machine);
                world.in(world.between(1_500, 8_000), () -> {
                    if (machine.process.alive) {
                        centre.start(machine.site, machine.process);
                    }
                });
            }
        });
    }

    private void removed(Machine machine) {
        if (!members.remove(machine)) {
            return;
        }
        world.trace(machine.name + " is removed");
        troubled = world.now();
        for (var shard = 0; shard < SHARDS; shard++) {
            if (homes.get(shard) == machine) {
                homes.remove(shard);
                moving.remove(shard);
                release(shard);
            }
        }
        var edge = machine.process.telephone.edge();
        for (var member : living()) {
            world.in(world.between(300, 800), () -> EdgeShells.lost(member.edges, edge));
        }
        if (waker != null && wakerAt != machine) {
            waker.receive(WakerShells.nodeLost());
        }
        startWaker();
    }

    private void startWaker() {
        if ((wakerAt == null || !members.contains(wakerAt)) && !living().isEmpty()) {
            var at = living().getFirst();
            wakerAt = at;
            waker = new Actor<>(
                    at,
                    "waker|",
                    WakerShells.nodeLost(),
                    (context, timers) -> WakerShells.of(context, timers, centre.folded, at.post));
        }
    }
}
