package dev.ringmaster.simulation;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.call.Call;
import dev.ringmaster.runtime.agent.AgentShells;
import dev.ringmaster.runtime.agent.Agents;
import dev.ringmaster.runtime.call.CallShells;
import dev.ringmaster.runtime.call.Calls;
import dev.ringmaster.runtime.call.FlowShelf;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.edge.Admission;
import dev.ringmaster.runtime.edge.EdgeActor;
import dev.ringmaster.runtime.edge.EdgeMemory;
import dev.ringmaster.runtime.edge.EdgeShells;
import dev.ringmaster.runtime.edge.Edges;
import dev.ringmaster.runtime.edge.HeldLegs;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.queue.QueueShells;
import dev.ringmaster.runtime.tenant.SeatsDesk;
import dev.ringmaster.runtime.tenant.SeatsShells;
import dev.ringmaster.runtime.truth.TruthShells;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.SeatsMessage;
import dev.ringmaster.tenant.Seats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/// One actor system of one process: the real shells that sharding has put here, the real edge, and
/// the front doors for browsers.
final class Machine {
    final ContactCentre centre;
    final Site site;
    final String name;
    final EdgeProcess process;
    final NodeClock clock;
    final Edges edges;
    final LocalPost post;
    final Agents agents;
    final Calls calls;
    private final World world;
    private final Surroundings around;
    private final FlowShelf flows;
    private final Ref<ClusterSharding.ShardCommand> shard;
    private final Map<String, Live> running = new TreeMap<>();
    private final Map<String, List<Object>> passivating = new TreeMap<>();
    private @Nullable Actor<EdgeMessage> edge;
    private boolean ended;

    /// Shards that it takes for its own although nobody hears it any more; empty while it is connected.
    Optional<Set<Integer>> isolatedWith = Optional.empty();

    /// What outlives an actor system: the telephone, and the memory of the edge.
    static final class EdgeProcess {
        final Telephone telephone;
        final EdgeMemory memory;
        final Admission admission;
        final EdgeShells.Ids ids;
        boolean alive = true;

        EdgeProcess(ContactCentre centre, Site site) {
            var edge = site.name + "#" + (World.START.toEpochMilli() + centre.world.millis());
            telephone = new Telephone(centre, this, edge);
            admission = new Admission(Admission.Limits.DEFAULT, () -> centre.world.millis() * 1_000_000);
            memory = new EdgeMemory(edge, admission);
            ids = new EdgeShells.Ids(edge);
            telephone.listen(memory);
        }
    }

    Machine(ContactCentre centre, Site site, EdgeProcess process) {
        this.centre = centre;
        this.world = centre.world;
        this.site = site;
        this.process = process;
        this.name = site.name + "/" + centre.nextNumber();
        this.clock = new NodeClock(() -> world.now().plusMillis(site.clockOffset));
        this.edges = new Edges(this::nanoTime);
        this.post = new LocalPost(this);
        this.around = new Surroundings(post, edges, clock, this::nanoTime);
        this.flows = new FlowShelf(centre.directory);
        this.shard = new Ref<>(centre, this, "shard", this::shardCommand);
        this.agents = new Agents(post, post, new SeatsDesk(post, centre.directory), centre.directory);
        this.calls = new Calls(post, post);
    }

    private long nanoTime() {
        return world.millis() * 1_000_000;
    }

    boolean alive() {
        return !ended && process.alive;
    }

    String nextActor() {
        return name + "/" + centre.nextNumber();
    }

    Ledger ledger() {
        return around.ledger();
    }

    /// Speaks for this node to the auditor.
    TruthShells.Teller teller() {
        return new TruthShells.Teller(
                name,
                around.ledger(),
                () -> Optional.of(HeldLegs.of(process.telephone, process.memory)),
                clock,
                this::nanoTime);
    }

    // ---- working

    /// One step of somebody here; in a bad moment it dies between two of its effects.
    void work(Live who, Runnable work) {
        world.step(() -> centre.at(this, work), effects -> survives(who, effects));
    }

    /// A step of nobody who could die by himself.
    void work(Runnable work) {
        world.step(() -> centre.at(this, work));
    }

    <T> T working(Supplier<T> work) {
        var result = new ArrayList<T>();
        work(() -> result.add(work.get()));
        return result.getFirst();
    }

    private int survives(Live who, int effects) {
        if (effects == 0 || !diesAt("between effects", who)) {
            return effects;
        }
        return world.random.nextInt(effects + 1);
    }

    /// Whether whoever works here dies at this point, alone or with the whole process.
    boolean diesAt(String point, Live who) {
        if (!(who instanceof Entity<?, ?, ?>) || !centre.strikes()) {
            return false;
        }
        world.trace(name + " " + who.key() + " dies " + point);
        if (world.chance(centre.faults.machineDies())) {
            centre.cluster.crash(this);
        } else {
            kill(who.key());
        }
        return true;
    }

    // ---- what runs here

    void deliver(String key, Object message) {
        if (!alive()) {
            return;
        }
        if (!centre.cluster.isHome(key, this)) {
            centre.cluster.route(this, key, message);
            return;
        }
        var kept = passivating.get(key);
        if (kept != null) {
            kept.add(message);
            return;
        }
        var live = running.get(key);
        if (live == null) {
            live = start(key);
            running.put(key, live);
        }
        live.receive(message);
    }

    private Live start(String key) {
        var id = key.substring(key.indexOf('|') + 1);
        return switch (key.substring(0, key.indexOf('|'))) {
            case "call" ->
                new Entity<CallMessage, Object, Call>(this, key, (context, timers) -> {
                    var shell = CallShells.of(id, context, timers, shard, around, flows);
                    return Shells.of(shell);
                });
            case "agent" ->
                new Entity<AgentMessage, Object, Agent>(
                        this, key, (context, timers) -> Shells.of(AgentShells.of(id, context, timers, shard, around)));
            case "seats" ->
                new Entity<SeatsMessage, Object, Seats>(
                        this, key, (context, timers) -> Shells.of(SeatsShells.of(id, context, timers, shard, around)));
            default ->
                new Actor<QueueMessage>(
                        this,
                        key,
                        QueueMessage.Own.STOP,
                        (context, timers) -> QueueShells.of(
                                id, context, timers, shard, around, () -> id + "-t" + centre.nextNumber()));
        };
    }

    Optional<Live> running(String key) {
        return Optional.ofNullable(running.get(key));
    }

    List<Live> running() {
        return List.copyOf(running.values());
    }

    private void shardCommand(ClusterSharding.ShardCommand command) {
        if (command instanceof ClusterSharding.Passivate<?> passivate) {
            var path = ((Ref<?>) passivate.entity()).name();
            var key = path.substring(0, path.indexOf('/'));
            if (running.containsKey(key) && passivating.putIfAbsent(key, new ArrayList<>()) == null) {
                stop(key);
            }
        }
    }

    void stop(String key) {
        running(key).ifPresent(Live::stop);
    }

    /// It has ended by itself; what was sent meanwhile is for its successor.
    void stopped(Live who) {
        running.remove(who.key(), who);
        var kept = passivating.remove(who.key());
        if (kept != null) {
            kept.forEach(message -> centre.cluster.route(this, who.key(), message));
        }
        centre.cluster.stopped(this, who.key());
    }

    /// One entity or queue goes without a word.
    void kill(String key) {
        running(key).ifPresent(live -> {
            live.kill();
            running.remove(key);
            passivating.remove(key);
            centre.cluster.stopped(this, key);
        });
    }

    // ---- the edge

    void startEdge() {
        edge = new Actor<EdgeMessage>(
                this,
                "edge|" + process.telephone.edge(),
                new EdgeMessage.Repeat(),
                (context, timers) -> EdgeShells.of(
                        context,
                        timers,
                        new EdgeActor.Parts(
                                process.telephone,
                                process.memory,
                                centre.directory,
                                centre.directory,
                                process.admission,
                                post,
                                clock),
                        process.ids));
    }

    Optional<Ref<EdgeMessage>> edge() {
        return Optional.ofNullable(edge).map(Actor::self);
    }

    /// The actor system is gone; the process may live on.
    void end() {
        if (!ended) {
            ended = true;
            List.copyOf(running.values()).forEach(Live::kill);
            running.clear();
            if (edge != null) {
                edge.kill();
            }
        }
    }
}
