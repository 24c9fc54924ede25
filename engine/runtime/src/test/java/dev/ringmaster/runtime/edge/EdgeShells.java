package dev.ringmaster.runtime.edge;

import dev.ringmaster.runtime.wire.EdgeMessage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Edges without an actor system, and what a cluster would tell of them.
public final class EdgeShells {
    private EdgeShells() {}

    /// Draws the ids of calls; one for all restarts of an edge's actor.
    public static final class Ids {
        private final CallIds ids;

        public Ids(String edge) {
            ids = new CallIds(edge);
        }
    }

    public static Behavior<EdgeMessage> of(
            ActorContext<EdgeMessage> context, TimerScheduler<EdgeMessage> timers, EdgeActor.Parts parts, Ids ids) {
        return new EdgeActor(context, timers, parts, ids.ids);
    }

    public static void seen(Edges edges, String edge, ActorRef<EdgeMessage> actor) {
        edges.seen(edge, actor);
    }

    public static void unseen(Edges edges, String edge) {
        edges.unseen(edge);
    }

    public static void lost(Edges edges, String edge) {
        edges.lost(edge);
    }
}
