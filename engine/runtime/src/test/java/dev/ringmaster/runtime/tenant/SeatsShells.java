package dev.ringmaster.runtime.tenant;

import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.wire.SeatsMessage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Seat ledgers' shells without an actor system.
public final class SeatsShells {
    private SeatsShells() {}

    public static SeatsEntity of(
            String instanceId,
            ActorContext<SeatsMessage> context,
            TimerScheduler<SeatsMessage> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings around) {
        return new SeatsEntity(instanceId, context, timers, shard, around);
    }
}
