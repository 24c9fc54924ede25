package dev.ringmaster.runtime.edge;

import dev.ringmaster.runtime.wire.EdgeMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/// Keeps one node's [Edges] true: who has registered, under which incarnation, and whose node has left the cluster.
public final class EdgeWatch extends AbstractBehavior<EdgeWatch.Message> {
    /// What it hears.
    public sealed interface Message {}

    private record Listed(Set<ActorRef<EdgeMessage>> actors) implements Message {}

    private record Named(EdgeMessage.IAm answer) implements Message {}

    private record Removed(Address node) implements Message {}

    private record StillRemoved(Address node) implements Message {}

    private enum AskAgain implements Message {
        NOW
    }

    private final Edges edges;
    private final ActorRef<EdgeMessage.IAm> answers;
    private final Map<ActorRef<EdgeMessage>, String> named = new HashMap<>();
    private final Set<ActorRef<EdgeMessage>> nameless = new HashSet<>();
    private final Map<String, Address> nodes = new HashMap<>();
    private final TimerScheduler<Message> timers;

    /// A node that leaves the cluster itself sees all the others as removed for a moment, and must
    /// conclude nothing from it.
    private static final Duration LOOK_TWICE = Duration.ofMillis(300);

    public static Behavior<Message> create(Edges edges) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(AskAgain.NOW, Duration.ofSeconds(1));
            return new EdgeWatch(context, timers, edges);
        }));
    }

    private EdgeWatch(ActorContext<Message> context, TimerScheduler<Message> timers, Edges edges) {
        super(context);
        this.timers = timers;
        this.edges = edges;
        this.answers = context.messageAdapter(EdgeMessage.IAm.class, Named::new);
        var listings = context.messageAdapter(
                // Unreachable ones too: an edge that is slow to answer lives until the cluster has removed it.
                Receptionist.Listing.class, listing -> new Listed(listing.getAllServiceInstances(EdgeActor.EDGES)));
        context.getSystem().receptionist().tell(Receptionist.subscribe(EdgeActor.EDGES, listings));
        var removals = context.messageAdapter(
                ClusterEvent.MemberRemoved.class,
                removed -> new Removed(removed.member().address()));
        Cluster.get(context.getSystem())
                .subscriptions()
                .tell(Subscribe.create(removals, ClusterEvent.MemberRemoved.class));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Message> onMessage(Message message) {
        switch (message) {
            case Listed(var actors) -> listed(actors);
            case Named(var answer) -> {
                if (nameless.remove(answer.actor())) {
                    named.put(answer.actor(), answer.edge());
                    nodes.put(answer.edge(), answer.actor().path().address());
                    edges.seen(answer.edge(), answer.actor());
                    getContext().getLog().info("edge {} is here", answer.edge());
                }
            }
            case Removed(var node) -> timers.startSingleTimer(node, new StillRemoved(node), LOOK_TWICE);
            case StillRemoved(var node) -> {
                if (weBelong()) {
                    lose(node);
                }
            }
            case AskAgain.NOW -> nameless.forEach(this::ask);
        }
        return this;
    }

    private boolean weBelong() {
        var cluster = Cluster.get(getContext().getSystem());
        return !cluster.isTerminated() && cluster.selfMember().status().equals(MemberStatus.up());
    }

    private void lose(Address node) {
        Map.copyOf(nodes).forEach((edge, at) -> {
            if (at.equals(node)) {
                nodes.remove(edge);
                edges.lost(edge);
                getContext().getLog().warn("edge {} is gone with its node", edge);
            }
        });
        named.keySet().removeIf(actor -> actor.path().address().equals(node));
    }

    private void listed(Set<ActorRef<EdgeMessage>> actors) {
        Map.copyOf(named).forEach((actor, edge) -> {
            if (!actors.contains(actor)) {
                named.remove(actor);
                edges.unseen(edge);
            }
        });
        nameless.retainAll(actors);
        for (var actor : actors) {
            if (!named.containsKey(actor) && nameless.add(actor)) {
                ask(actor);
            }
        }
    }

    private void ask(ActorRef<EdgeMessage> actor) {
        actor.tell(new EdgeMessage.WhoAreYou(answers));
    }
}
