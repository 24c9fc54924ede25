package dev.ringmaster.runtime.queue;

import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.wire.QueueMessage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Queues without an actor system.
public final class QueueShells {
    private QueueShells() {}

    public static Behavior<QueueMessage> of(
            String groupId,
            ActorContext<QueueMessage> context,
            TimerScheduler<QueueMessage> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings around,
            Supplier<String> tokens) {
        return new QueueActor(groupId, context, timers, shard, around, tokens);
    }
}
