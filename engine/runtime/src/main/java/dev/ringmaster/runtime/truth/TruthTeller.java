package dev.ringmaster.runtime.truth;

import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.wire.TruthMessage;
import dev.ringmaster.truth.EdgeFact;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.typed.Cluster;

/// Speaks for one node: tells the auditor what everybody here says, and keeps what the auditor reports.
public final class TruthTeller {
    /// Where the auditor finds the nodes.
    static final ServiceKey<TruthMessage> TELLERS = ServiceKey.create(TruthMessage.class, "truth-tellers");

    private final ActorContext<TruthMessage> context;
    private final NodeFacts facts;
    private final Ledger ledger;
    private final TruthBoard board;
    private final String node;

    /// What it works with.
    ///
    /// @param edge what the node's edge holds; empty on a node without one
    public record Parts(
            Ledger ledger,
            Supplier<Optional<EdgeFact>> edge,
            NodeClock clock,
            LongSupplier nanoTime,
            TruthBoard board) {}

    public static Behavior<TruthMessage> create(Parts parts) {
        return Behaviors.supervise(Behaviors.<TruthMessage>setup(context -> new TruthTeller(context, parts).behavior()))
                .onFailure(SupervisorStrategy.restart());
    }

    private TruthTeller(ActorContext<TruthMessage> context, Parts parts) {
        this.context = context;
        this.facts = new NodeFacts(parts.ledger(), parts.edge(), parts.clock(), parts.nanoTime());
        this.ledger = parts.ledger();
        this.board = parts.board();
        this.node =
                Cluster.get(context.getSystem()).selfMember().uniqueAddress().toString();
        context.getSystem().receptionist().tell(Receptionist.register(TELLERS, context.getSelf()));
    }

    private Behavior<TruthMessage> behavior() {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case TruthMessage.Tell(var look, var replyTo) ->
                    facts.pages(look, node).forEach(replyTo::tell);
                case TruthMessage.Report report -> board.heard(report);
                case TruthMessage.AskAgain(var sessionId) -> ledger.askAgain(sessionId);
                case TruthMessage.Page _ -> context.getLog().debug("a page went astray");
            }
            return Behaviors.same();
        });
    }
}
