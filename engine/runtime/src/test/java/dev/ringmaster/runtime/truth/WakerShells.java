package dev.ringmaster.runtime.truth;

import dev.ringmaster.port.OpenEntities;
import dev.ringmaster.runtime.wire.Post;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The waker without a cluster.
public final class WakerShells {
    private WakerShells() {}

    public static Behavior<Waker.Message> of(
            ActorContext<Waker.Message> context,
            TimerScheduler<Waker.Message> timers,
            OpenEntities entities,
            Post post) {
        return new Waker(context, timers, entities, post);
    }

    /// What the cluster says when it has removed a member.
    public static Waker.Message nodeLost() {
        return Waker.Step.NODE_LOST;
    }
}
