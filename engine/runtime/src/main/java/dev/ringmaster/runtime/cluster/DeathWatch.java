package dev.ringmaster.runtime.cluster;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Subscribe;

/// Holds a [Lifeline] to every other member, and has a member whose process is proven dead removed at once. Without a
/// proof nothing happens here: what is only silent is left to the failure detector and the split brain resolver, which
/// wait. So a crash costs tenths of a second and a pause costs nobody his node.
public final class DeathWatch extends AbstractBehavior<DeathWatch.Message> {
    /// What it hears.
    public sealed interface Message {}

    private record MemberHas(ClusterEvent.MemberEvent event) implements Message {}

    private record Died(UniqueAddress node) implements Message {}

    private final Cluster cluster;
    private final Map<UniqueAddress, Lifeline> lifelines = new HashMap<>();

    public static Behavior<Message> create() {
        return Behaviors.setup(DeathWatch::new);
    }

    private DeathWatch(ActorContext<Message> context) {
        super(context);
        this.cluster = Cluster.get(context.getSystem());
        var events = context.messageAdapter(ClusterEvent.MemberEvent.class, MemberHas::new);
        cluster.subscriptions().tell(Subscribe.create(events, ClusterEvent.MemberEvent.class));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(MemberHas.class, message -> changed(message.event()))
                .onMessage(Died.class, message -> died(message.node()))
                .onSignal(PostStop.class, _ -> {
                    lifelines.values().forEach(Lifeline::close);
                    return this;
                })
                .build();
    }

    private Behavior<Message> changed(ClusterEvent.MemberEvent event) {
        var member = event.member();
        if (event instanceof ClusterEvent.MemberRemoved) {
            var lifeline = lifelines.remove(member.uniqueAddress());
            if (lifeline != null) {
                lifeline.close();
                ProvenDeaths.forget(member.address());
            }
        } else if (!member.uniqueAddress().equals(cluster.selfMember().uniqueAddress())) {
            lifelines.computeIfAbsent(member.uniqueAddress(), _ -> lifeline(member));
        }
        return this;
    }

    private Lifeline lifeline(Member member) {
        var node = member.uniqueAddress();
        var self = getContext().getSelf();
        // Its process lives; what was proven is the death of an earlier one at the same address.
        ProvenDeaths.forget(member.address());
        var port = InetSocketAddress.createUnresolved(
                member.address().getHost().orElse(""),
                member.address().getPort().orElse(0));
        return Lifeline.to(port, () -> self.tell(new Died(node)));
    }

    private Behavior<Message> died(UniqueAddress node) {
        if (lifelines.containsKey(node)) {
            getContext()
                    .getLog()
                    .warn("the process of node {} is dead: it is removed from the cluster", node.address());
            ProvenDeaths.add(node.address());
            cluster.manager().tell(new Down(node.address()));
        }
        return this;
    }
}
