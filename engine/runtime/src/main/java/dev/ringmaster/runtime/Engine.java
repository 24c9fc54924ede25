package dev.ringmaster.runtime;

import dev.ringmaster.port.DatabaseClock;
import dev.ringmaster.port.Directory;
import dev.ringmaster.port.OpenEntities;
import dev.ringmaster.port.RecordingStore;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.runtime.agent.Agents;
import dev.ringmaster.runtime.call.Calls;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.cluster.Readiness;
import dev.ringmaster.runtime.cluster.ShardedPost;
import dev.ringmaster.runtime.edge.Admission;
import dev.ringmaster.runtime.edge.Edges;
import dev.ringmaster.runtime.edge.Lines;
import dev.ringmaster.runtime.queue.Queues;
import dev.ringmaster.runtime.tenant.SeatsDesk;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// The running engine of one node: started once by Main, and the place where everybody else finds the front doors. What
/// the node does
/// (edge, engine, api) is said by the roles of its cluster member, see [dev.ringmaster.runtime.cluster.NodeConfig].
public final class Engine {
    private final Agents agents;
    private final Calls calls;
    private final Queues queues;
    private final Lines lines;
    private final SeatsDesk seats;
    private final Readiness readiness;

    private Engine(Agents agents, Calls calls, Queues queues, Lines lines, SeatsDesk seats, Readiness readiness) {
        this.agents = agents;
        this.calls = calls;
        this.queues = queues;
        this.lines = lines;
        this.seats = seats;
        this.readiness = readiness;
    }

    /// What the engine needs from outside.
    ///
    /// @param telephony the telephone of this edge; empty on a node without the role edge
    /// @param admission when an edge refuses new calls
    public record Parts(
            NodeClock clock,
            Directory directory,
            RecordingStore recordings,
            OpenEntities openEntities,
            DatabaseClock databaseClock,
            Optional<Telephony> telephony,
            Admission.Limits admission) {}

    /// Starts entities, queues, edge and waker on this node as its roles say. Ends with the actor system.
    public static Engine start(ActorSystem<?> system, Parts parts) {
        var post = new ShardedPost(ClusterSharding.get(system));
        var edges = new Edges(System::nanoTime);
        var seats = new SeatsDesk(post, parts.directory());
        return new Engine(
                new Agents(post, post, seats, parts.directory()),
                new Calls(post, post),
                new Queues(post, post),
                new Lines(system, post, edges),
                seats,
                () -> List.of());
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
}
