package dev.ringmaster.runtime.truth;

import dev.ringmaster.port.OpenEntities;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.runtime.wire.SeatsMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/// Wakes who is open: entities do not wait for a message to recover, so that every deadline comes
/// true even if nobody calls or logs in
/// after a crash. One in the cluster; it reads the journal at its start, at every loss of a node and each 10 s.
public final class Waker extends AbstractBehavior<Waker.Message> {
    private static final Duration EVERY = Duration.ofSeconds(10);

    /// Wakes so many at a time, ten times a second: recoveries queue at the journal, and calls in
    /// progress write there too.
    private static final int BATCH = 100;

    private static final Duration BATCH_EVERY = Duration.ofMillis(100);

    /// What it hears.
    public sealed interface Message {}

    enum Step implements Message {
        LOOK,
        NODE_LOST,
        WAKE_SOME
    }

    private record Found(OpenEntities.Open open) implements Message {}

    private record NotRead(Throwable failure) implements Message {}

    private final OpenEntities entities;
    private final Post post;
    private final TimerScheduler<Message> timers;
    private final ArrayDeque<Runnable> toWake = new ArrayDeque<>();
    private boolean reading;

    public static Behavior<Message> create(OpenEntities entities, Post post) {
        return Behaviors.supervise(Behaviors.<Message>setup(context -> Behaviors.withTimers(timers -> {
                    var losses = context.messageAdapter(ClusterEvent.MemberRemoved.class, _ -> Step.NODE_LOST);
                    Cluster.get(context.getSystem())
                            .subscriptions()
                            .tell(Subscribe.create(losses, ClusterEvent.MemberRemoved.class));
                    return new Waker(context, timers, entities, post);
                })))
                .onFailure(SupervisorStrategy.restart());
    }

    Waker(ActorContext<Message> context, TimerScheduler<Message> timers, OpenEntities entities, Post post) {
        super(context);
        this.timers = timers;
        this.entities = entities;
        this.post = post;
        timers.startTimerWithFixedDelay(Step.LOOK, Duration.ZERO, EVERY);
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Message> onMessage(Message message) {
        switch (message) {
            case Step.LOOK, Step.NODE_LOST -> look();
            case Found(var open) -> found(open);
            case NotRead(var failure) -> {
                reading = false;
                getContext().getLog().warn("who is open cannot be read now: {}", failure.toString());
                timers.startSingleTimer(Step.NODE_LOST, Duration.ofSeconds(1));
            }
            case Step.WAKE_SOME -> wakeSome();
        }
        return this;
    }

    private void look() {
        if (!reading && toWake.isEmpty()) {
            reading = true;
            getContext()
                    .pipeToSelf(
                            entities.open(), (open, failure) -> open == null ? new NotRead(failure) : new Found(open));
        }
    }

    /// Calls first: somebody hears their silence.
    private void found(OpenEntities.Open open) {
        reading = false;
        open.calls().forEach(id -> toWake.add(() -> post.toCall(id, new CallMessage.WakeUp())));
        open.agents().forEach(id -> toWake.add(() -> post.toAgent(id, new AgentMessage.WakeUp())));
        open.instances().forEach(id -> toWake.add(() -> post.toSeats(id, new SeatsMessage.WakeUp())));
        wakeSome();
    }

    private void wakeSome() {
        for (var i = 0; i < BATCH && !toWake.isEmpty(); i++) {
            toWake.remove().run();
        }
        if (!toWake.isEmpty()) {
            timers.startSingleTimer(Step.WAKE_SOME, BATCH_EVERY);
        }
    }
}
