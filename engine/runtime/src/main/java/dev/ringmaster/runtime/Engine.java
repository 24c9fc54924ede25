package dev.ringmaster.runtime;

import dev.ringmaster.port.DatabaseClock;
import dev.ringmaster.port.Directory;
import dev.ringmaster.port.OpenEntities;
import dev.ringmaster.port.RecordingStore;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.runtime.agent.AgentEntity;
import dev.ringmaster.runtime.agent.Agents;
import dev.ringmaster.runtime.call.CallEntity;
import dev.ringmaster.runtime.call.Calls;
import dev.ringmaster.runtime.call.FlowShelf;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.cluster.ClusterFigures;
import dev.ringmaster.runtime.cluster.DeathWatch;
import dev.ringmaster.runtime.cluster.Keys;
import dev.ringmaster.runtime.cluster.NodeReadiness;
import dev.ringmaster.runtime.cluster.Readiness;
import dev.ringmaster.runtime.cluster.ShardedPost;
import dev.ringmaster.runtime.edge.Admission;
import dev.ringmaster.runtime.edge.EdgeActor;
import dev.ringmaster.runtime.edge.EdgeMemory;
import dev.ringmaster.runtime.edge.EdgeWatch;
import dev.ringmaster.runtime.edge.Edges;
import dev.ringmaster.runtime.edge.HeldLegs;
import dev.ringmaster.runtime.edge.Lines;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.queue.QueueActor;
import dev.ringmaster.runtime.queue.Queues;
import dev.ringmaster.runtime.tenant.SeatsDesk;
import dev.ringmaster.runtime.tenant.SeatsEntity;
import dev.ringmaster.runtime.truth.Auditor;
import dev.ringmaster.runtime.truth.TruthBoard;
import dev.ringmaster.runtime.truth.TruthTeller;
import dev.ringmaster.runtime.truth.Waker;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.SeatsMessage;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.SingletonActor;

/// The running engine of one node: started once by Main, and the place where everybody else finds the front doors. What
/// the node does
/// (edge, engine, api) is said by the roles of its cluster member, see [dev.ringmaster.runtime.cluster.NodeConfig].
public final class Engine {
    private static final String ENGINE = "engine";

    private final Agents agents;
    private final Calls calls;
    private final Queues queues;
    private final Lines lines;
    private final SeatsDesk seats;
    private final Readiness readiness;
    private final Admission admission;
    private final Truth truth;
    private final ClusterFigures figures;

    private Engine(
            Agents agents,
            Calls calls,
            Queues queues,
            Lines lines,
            SeatsDesk seats,
            Readiness readiness,
            Admission admission,
            Truth truth,
            ClusterFigures figures) {
        this.agents = agents;
        this.calls = calls;
        this.queues = queues;
        this.lines = lines;
        this.seats = seats;
        this.readiness = readiness;
        this.admission = admission;
        this.truth = truth;
        this.figures = figures;
    }

    /// What the engine needs from outside. One object for the life of the process: its memory of the
    /// edge outlives an actor system.
    ///
    /// @param telephony the telephone of this edge; empty on a node without the role edge
    /// @param memory what the edge must not forget
    /// @param admission when an edge refuses new calls
    public record Parts(
            NodeClock clock,
            Directory directory,
            RecordingStore recordings,
            OpenEntities openEntities,
            DatabaseClock databaseClock,
            Optional<Telephony> telephony,
            EdgeMemory memory,
            Admission admission) {
        public Parts(
                NodeClock clock,
                Directory directory,
                RecordingStore recordings,
                OpenEntities openEntities,
                DatabaseClock databaseClock,
                Optional<Telephony> telephony,
                Admission.Limits limits) {
            this(
                    clock,
                    directory,
                    recordings,
                    openEntities,
                    databaseClock,
                    telephony,
                    new Admission(limits, System::nanoTime));
        }

        private Parts(
                NodeClock clock,
                Directory directory,
                RecordingStore recordings,
                OpenEntities openEntities,
                DatabaseClock databaseClock,
                Optional<Telephony> telephony,
                Admission admission) {
            this(
                    clock,
                    directory,
                    recordings,
                    openEntities,
                    databaseClock,
                    telephony,
                    new EdgeMemory(telephony.map(Telephony::edge).orElse(""), admission),
                    admission);
        }
    }

    /// Starts entities, queues, edge and waker on this node as its roles say. Ends with the actor system.
    public static Engine start(ActorSystem<?> system, Parts parts) {
        var post = new ShardedPost(ClusterSharding.get(system));
        var edges = new Edges(System::nanoTime);
        var around = new Surroundings(post, edges, parts.clock(), System::nanoTime);
        startEntities(system, around, parts.directory());
        startWaker(system, parts.openEntities(), post);
        var truth = startAuditor(system, parts, around);
        system.systemActorOf(DeathWatch.create(), "death-watch", Props.empty());
        system.systemActorOf(EdgeWatch.create(edges), "edge-watch", Props.empty());
        parts.telephony().ifPresent(telephony -> startEdge(system, parts, telephony, post));
        joinAlone(system);

        var seats = new SeatsDesk(post, parts.directory());
        return new Engine(
                new Agents(post, post, seats, parts.directory()),
                new Calls(post, post),
                new Queues(post, post),
                new Lines(system, post, edges),
                seats,
                NodeReadiness.watch(
                        system,
                        post,
                        parts.databaseClock(),
                        parts.clock(),
                        () -> parts.telephony()
                                        .flatMap(telephony -> edges.living(telephony.edge()))
                                        .isPresent()
                                || parts.telephony().isEmpty()),
                parts.admission(),
                new Truth(around.ledger(), truth),
                new ClusterFigures(system));
    }

    /// On nodes with the role engine; elsewhere sharding makes proxies of these.
    private static void startEntities(ActorSystem<?> system, Surroundings around, Directory directory) {
        var sharding = ClusterSharding.get(system);
        var flows = new FlowShelf(directory);
        sharding.init(Entity.of(
                        Keys.CALL, entity -> CallEntity.create(entity.getEntityId(), entity.getShard(), around, flows))
                .withRole(ENGINE)
                .withStopMessage(CallMessage.Own.STOP));
        sharding.init(
                Entity.of(Keys.AGENT, entity -> AgentEntity.create(entity.getEntityId(), entity.getShard(), around))
                        .withRole(ENGINE)
                        .withStopMessage(AgentMessage.Own.STOP));
        sharding.init(
                Entity.of(Keys.SEATS, entity -> SeatsEntity.create(entity.getEntityId(), entity.getShard(), around))
                        .withRole(ENGINE)
                        .withStopMessage(SeatsMessage.Own.STOP));
        sharding.init(
                Entity.of(Keys.QUEUE, entity -> QueueActor.create(entity.getEntityId(), entity.getShard(), around))
                        .withRole(ENGINE)
                        .withStopMessage(QueueMessage.Own.STOP));
    }

    private static void startWaker(ActorSystem<?> system, OpenEntities openEntities, ShardedPost post) {
        if (Cluster.get(system).selfMember().hasRole(ENGINE)) {
            ClusterSingleton.get(system)
                    .init(SingletonActor.of(Waker.create(openEntities, post), "waker")
                            .withSettings(
                                    ClusterSingletonSettings.create(system).withRole(ENGINE)));
        }
    }

    /// Every node speaks for itself; one node of the role engine compares.
    private static TruthBoard startAuditor(ActorSystem<?> system, Parts parts, Surroundings around) {
        var board = new TruthBoard(around.nanoTime());
        system.systemActorOf(
                TruthTeller.create(new TruthTeller.Parts(
                        around.ledger(),
                        () -> parts.telephony().map(telephony -> HeldLegs.of(telephony, parts.memory())),
                        parts.clock(),
                        around.nanoTime(),
                        board)),
                "truth-teller",
                Props.empty());
        if (Cluster.get(system).selfMember().hasRole(ENGINE)) {
            ClusterSingleton.get(system)
                    .init(SingletonActor.of(
                                    Auditor.create(new Auditor.Parts(
                                            parts.openEntities(),
                                            around.post(),
                                            around.edges(),
                                            parts.clock(),
                                            around.nanoTime())),
                                    "auditor")
                            .withSettings(
                                    ClusterSingletonSettings.create(system).withRole(ENGINE)));
        }
        return board;
    }

    private static void startEdge(ActorSystem<?> system, Parts parts, Telephony telephony, ShardedPost post) {
        var edge = system.systemActorOf(
                EdgeActor.create(new EdgeActor.Parts(
                        telephony,
                        parts.memory(),
                        parts.directory(),
                        parts.recordings(),
                        parts.admission(),
                        post,
                        parts.clock())),
                "edge",
                Props.empty());
        telephony.listen(parts.memory());
        system.log().info("edge {} is served by {}", telephony.edge(), edge.path());
    }

    /// A node without seeds is a cluster of one; its port is not known before it has started, so it joins itself.
    private static void joinAlone(ActorSystem<?> system) {
        if (system.settings().config().getStringList("pekko.cluster.seed-nodes").isEmpty()) {
            var cluster = Cluster.get(system);
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        }
    }

    public Agents agents() {
        return agents;
    }

    public Calls calls() {
        return calls;
    }

    public Queues queues() {
        return queues;
    }

    public Lines lines() {
        return lines;
    }

    public SeatsDesk seats() {
        return seats;
    }

    public Readiness readiness() {
        return readiness;
    }

    /// Where sessions say that they sit, and what the auditor has said last.
    public record Truth(Ledger ledger, TruthBoard board) {}

    public Truth truth() {
        return truth;
    }

    /// Members and entities, for the metrics.
    public ClusterFigures figures() {
        return figures;
    }

    /// Counts of refused calls by reason, for the metrics.
    public Admission admission() {
        return admission;
    }
}
